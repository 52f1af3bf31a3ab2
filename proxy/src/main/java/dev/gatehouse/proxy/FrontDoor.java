package dev.gatehouse.proxy;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.listen.ClientAddress;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.proxy.config.HelloLimits;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.hello.Greeting;
import dev.gatehouse.proxy.hello.HelloCounters;
import dev.gatehouse.proxy.hello.HelloHandler;
import dev.gatehouse.proxy.l4.Passthrough;
import dev.gatehouse.proxy.l4.PassthroughRoute;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.log.ConnectionRefused;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.RouteTable;
import io.netty.channel.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What a listener does with an admitted connection: its hello is read, its name chooses a route,
 * the route takes over.
 */
final class FrontDoor implements Consumer<Channel>, MetricSource {

  private static final String UNKNOWN_NAME = "unknown_name";
  private static final String NO_NAME = "no_sni";

  private final String listener;
  private final HelloLimits limits;
  private final HelloCounters hellos;
  private final Passthrough passthrough;
  private final ConnectionLog log;
  private final Map<RouteName, PassthroughRoute> routes = new LinkedHashMap<>();
  private final RouteTable<PassthroughRoute> table;
  private final LongAdder unknownName;
  private final LongAdder noName;

  FrontDoor(
      ListenerConfig config,
      HelloLimits limits,
      Passthrough passthrough,
      ConnectionLog log,
      EventCounters counters) {
    this.limits = limits;
    this.passthrough = passthrough;
    this.log = log;
    listener = config.address().toString();
    hellos = new HelloCounters(listener, counters);
    unknownName = counters.counter(Metric.PROXY_UNROUTED, listener, UNKNOWN_NAME);
    noName = counters.counter(Metric.PROXY_UNROUTED, listener, NO_NAME);
    for (Route route : config.routes()) {
      routes.put(route.hostname(), new PassthroughRoute(listener, route, counters));
    }
    table =
        new RouteTable<>(
            routes, config.fallback().map(routes::get), config.unnamed().map(routes::get));
  }

  @Override
  public void accept(Channel channel) {
    passthrough.prepare(channel);
    channel.pipeline().addLast(HelloHandler.NAME, new HelloHandler(limits, hellos, this::greeted));
  }

  /** The routes as they run. */
  List<PassthroughRoute> routes() {
    return List.copyOf(routes.values());
  }

  private void greeted(Channel channel, Greeting greeting) {
    Optional<PassthroughRoute> route =
        greeting.hello().serverName().isPresent()
            ? table.find(greeting.hello().serverName().get())
            : table.findUnnamed();
    if (route.isPresent()) {
      passthrough.begin(route.get(), channel, greeting);
    } else {
      unrouted(channel, greeting);
    }
  }

  private void unrouted(Channel channel, Greeting greeting) {
    boolean named = greeting.hello().serverName().isPresent();
    (named ? unknownName : noName).increment();
    log.refused(
        new ConnectionRefused(
            listener,
            ClientAddress.peer(channel),
            ClientAddress.of(channel),
            greeting.hello(),
            named ? UNKNOWN_NAME : NO_NAME));
    greeting.bytes().release();
    Refusal.reset(channel);
  }

  @Override
  public void collect(MetricSink sink) {
    routes.values().forEach(route -> route.collect(sink));
  }
}
