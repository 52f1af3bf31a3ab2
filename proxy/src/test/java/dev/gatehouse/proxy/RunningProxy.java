package dev.gatehouse.proxy;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.accesslog.AccessLog;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.config.ProxyConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A whole proxy on loopback, its listeners at ports that the kernel chose. */
public final class RunningProxy implements AutoCloseable {

  private static final Endpoint NOWHERE = new Endpoint(IpAddress.ANY_IPV4, 1);

  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final EventLoops loops;
  private final EventCounters counters = new EventCounters();
  private final Proxy proxy;

  /** Starts what the text says; the port of {@code addr} is not taken from there. */
  public RunningProxy(Transport transport, String toml) throws Exception {
    this(transport, toml, DRAIN);
  }

  public RunningProxy(Transport transport, String toml, Duration drain) throws Exception {
    loops = new EventLoops(transport);
    loops.start();
    Surroundings around =
        new Surroundings(
            loops,
            Admission.OPEN,
            new AccessLog(Duration.ofSeconds(1), counters),
            counters,
            Ticker.system(),
            drain,
            false);
    ProxyConfig config = read(toml);
    proxy =
        new Proxy(config.settings(), anyPorts(config.listeners()), around, (listener, cause) -> {});
    try {
      proxy.start();
    } catch (IllegalStateException refused) {
      loops.close();
      throw refused;
    }
    proxy.sockets().forEach(Listener::accept);
  }

  /** Puts other listeners and routes in force, as after an edit. */
  public void publish(String toml) throws ListenException {
    proxy.open(anyPorts(read(toml).listeners())).publish();
  }

  /** As {@link #publish}, at the ports of the text. */
  void publishAtPorts(String toml) throws ListenException {
    proxy.open(read(toml).listeners()).publish();
  }

  /** Readies other listeners and takes them back. */
  void abandon(String toml) throws ListenException {
    proxy.open(anyPorts(read(toml).listeners())).abandon();
  }

  /** Follows other settings, as after a reload. */
  void follow(String toml) {
    proxy.follow(read(toml).settings());
  }

  ProxyView view() {
    return proxy;
  }

  public Socket connect() throws IOException {
    return connect(0);
  }

  public Socket connect(int listener) throws IOException {
    return new Socket(
        InetAddress.getByAddress(proxy.sockets().get(listener).boundAddress().address().bytes()),
        port(listener));
  }

  public int port(int listener) {
    return proxy.sockets().get(listener).boundAddress().port();
  }

  public Listener listener() {
    return proxy.sockets().getFirst();
  }

  /** The sum of a metric's samples whose label values hold all of those given. */
  public double metric(Metric metric, String... labels) {
    Map<List<String>, Double> found = new ConcurrentHashMap<>();
    for (var source : List.of(counters, proxy)) {
      source.collect(
          (name, value, values) -> {
            if (name == metric && List.of(values).containsAll(List.of(labels))) {
              found.put(List.of(values), value);
            }
          });
    }
    return found.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  @Override
  public void close() {
    try {
      proxy.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      loops.close();
    }
  }

  private static List<ListenerConfig> anyPorts(List<ListenerConfig> listeners) {
    return listeners.stream().map(RunningProxy::anyPort).toList();
  }

  private static ListenerConfig anyPort(ListenerConfig listener) {
    return new ListenerConfig(
        new Endpoint(listener.address().address(), 0),
        listener.guard(),
        listener.routes(),
        listener.fallback(),
        listener.unnamed());
  }

  /** What a file says. */
  public static ProxyConfig read(String toml) {
    ConfigResult<ProxyConfig> result =
        Configuration.of(
                root ->
                    ProxyConfig.read(
                        root.section("proxy", "the front door"),
                        new ProxyConfig.BuiltIn(NOWHERE, NOWHERE, "", "")))
            .read(ConfigSource.text("gatehouse.toml", toml));
    return switch (result) {
      case ConfigResult.Loaded<ProxyConfig> loaded -> loaded.value();
      case ConfigResult.Refused<ProxyConfig> refused ->
          throw new IllegalArgumentException(refused.problems().toString());
    };
  }
}
