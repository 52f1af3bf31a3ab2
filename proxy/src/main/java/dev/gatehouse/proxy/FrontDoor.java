package dev.gatehouse.proxy;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.listen.ClientAddress;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.hello.Greeting;
import dev.gatehouse.proxy.hello.HelloCounters;
import dev.gatehouse.proxy.hello.HelloHandler;
import dev.gatehouse.proxy.http.Authority;
import dev.gatehouse.proxy.l4.PassthroughRoute;
import dev.gatehouse.proxy.l7.connection.Routing;
import dev.gatehouse.proxy.log.ConnectionRefused;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.traffic.ListenerTraffic;
import dev.gatehouse.wire.tls.ServerName;
import io.netty.channel.Channel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What a listener does with an admitted connection: its hello is read, its name chooses a route,
 * the route takes over.
 *
 * <p>The loops read two references and never wait; the one thread that publishes replaces them.
 */
final class FrontDoor implements Consumer<Channel>, MetricSource {

  static final String UNKNOWN_NAME = "unknown_name";
  static final String NO_NAME = "no_sni";
  static final String UNCERTIFIED = "certificate_unavailable";

  private final String listener;
  private final HelloCounters hellos;
  private final RouteChecks checks;
  private final Certificates certificates;
  private final ListenerTraffic traffic;
  private final Routing routing = new CurrentRouting();
  private final EventCounters counters;
  private final Map<String, LongAdder> unrouted = new HashMap<>();
  private volatile Terms terms;
  private volatile RoutingSnapshot snapshot;

  FrontDoor(
      ListenerConfig config,
      Terms terms,
      RouteChecks checks,
      Certificates certificates,
      EventCounters counters) {
    this.terms = terms;
    this.checks = checks;
    this.certificates = certificates;
    this.counters = counters;
    listener = config.address().toString();
    hellos = new HelloCounters(listener, counters);
    traffic = new ListenerTraffic(listener, counters);
    for (String reason : new String[] {UNKNOWN_NAME, NO_NAME, UNCERTIFIED}) {
      unrouted.put(reason, counters.counter(Metric.PROXY_UNROUTED, listener, reason));
    }
    snapshot = RoutingSnapshot.of(config, counters);
  }

  @Override
  public void accept(Channel channel) {
    Terms now = terms;
    now.passthrough().prepare(channel);
    HelloHandler hello =
        new HelloHandler(now.hello(), hellos, (client, greeting) -> greeted(now, client, greeting));
    channel.pipeline().addLast(HelloHandler.NAME, hello);
  }

  /** Where names lead now. */
  RoutingSnapshot snapshot() {
    return snapshot;
  }

  /** Connections that found no route since the start, for that reason. */
  long unrouted(String reason) {
    return Objects.requireNonNull(unrouted.get(reason)).sum();
  }

  /** New connections get other terms. */
  void publish(Terms next) {
    terms = next;
  }

  /** New connections go elsewhere; what belongs to routes that are gone is forgotten. */
  void publish(ListenerConfig told) {
    RoutingSnapshot before = snapshot;
    RoutingSnapshot after = before.next(told, counters);
    snapshot = after;
    before.targets().stream()
        .map(Target::route)
        .filter(route -> !after.has(route.hostname()))
        .forEach(this::forget);
    checks.follow(before, after);
  }

  /**
   * The listener is gone.
   *
   * @param forgotten whether what was counted goes with it
   */
  void retire(boolean forgotten) {
    checks.follow(snapshot, snapshot.next(snapshot.config().withoutRoutes(), counters));
    if (forgotten) {
      counters.forget(Map.of("listener", listener));
    }
  }

  private void forget(Route route) {
    counters.forget(Map.of("listener", listener, "route", route.hostname().toString()));
  }

  private void greeted(Terms now, Channel channel, Greeting greeting) {
    Optional<ServerName> name = greeting.hello().serverName();
    RoutingSnapshot routing = snapshot;
    Optional<Target> found =
        name.isPresent() ? routing.table().find(name.get()) : routing.table().findUnnamed();
    if (found.isEmpty()) {
      refuse(now, channel, greeting, name.isPresent() ? UNKNOWN_NAME : NO_NAME);
      return;
    }
    switch (found.get()) {
      case Target.Passed(PassthroughRoute route) ->
          now.passthrough().begin(route, channel, greeting);
      case Target.Terminated(TerminatedRoute route) -> terminate(now, route, channel, greeting);
    }
  }

  private void terminate(Terms now, TerminatedRoute route, Channel channel, Greeting greeting) {
    String certificate = certificates.name(listener, route.route().hostname());
    if (!now.termination().begin(route, certificate, routing, traffic, channel, greeting)) {
      refuse(now, channel, greeting, UNCERTIFIED);
    }
  }

  /** Requests ask for the moment, not for what was true when their connection began. */
  private final class CurrentRouting implements Routing {

    @Override
    public Optional<TerminatedRoute> find(Authority authority) {
      return authority.target(snapshot.table()).flatMap(FrontDoor::terminated);
    }

    @Override
    public boolean has(RouteName name) {
      return snapshot.target(name).flatMap(FrontDoor::terminated).isPresent();
    }
  }

  private static Optional<TerminatedRoute> terminated(Target target) {
    return switch (target) {
      case Target.Terminated(TerminatedRoute running) -> Optional.of(running);
      case Target.Passed _ -> Optional.empty();
    };
  }

  private void refuse(Terms now, Channel channel, Greeting greeting, String reason) {
    Objects.requireNonNull(unrouted.get(reason)).increment();
    now.log()
        .refused(
            new ConnectionRefused(
                listener,
                ClientAddress.peer(channel),
                ClientAddress.of(channel),
                greeting.hello(),
                reason));
    greeting.bytes().release();
    Refusal.reset(channel);
  }

  @Override
  public void collect(MetricSink sink) {
    Map<RouteMode, Integer> modes = new EnumMap<>(RouteMode.class);
    for (RouteMode mode : RouteMode.values()) {
      modes.put(mode, 0);
    }
    for (Target target : snapshot.targets()) {
      modes.merge(target.route().mode(), 1, Integer::sum);
      collect(target, sink);
    }
    modes.forEach((mode, count) -> sink.sample(Metric.ROUTES, count, listener, mode.label()));
  }

  private void collect(Target target, MetricSink sink) {
    Route route = target.route();
    sink.sample(
        Metric.L7_POLICIES, route.l7().policies().size(), listener, route.hostname().toString());
    switch (target) {
      case Target.Passed(PassthroughRoute running) -> running.collect(sink);
      case Target.Terminated(TerminatedRoute running) -> running.collect(sink);
    }
  }
}
