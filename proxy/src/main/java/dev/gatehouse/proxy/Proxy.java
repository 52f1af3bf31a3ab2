package dev.gatehouse.proxy;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.connect.Dialer;
import dev.gatehouse.net.connect.NameLookup;
import dev.gatehouse.net.connect.NameResolver;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.ListenerSettings;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.config.ProxyConfig;
import dev.gatehouse.proxy.config.RelaySettings;
import dev.gatehouse.proxy.l4.Passthrough;
import dev.gatehouse.proxy.l4.PassthroughRoute;
import dev.gatehouse.proxy.l4.Splicing;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.upstream.HealthCheck;
import dev.gatehouse.proxy.upstream.HealthChecks;
import dev.gatehouse.proxy.upstream.UpstreamDialer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The TLS front door: its listeners and all that they share. */
public final class Proxy implements Part, MetricSource {

  /** The word for this service in metrics, status and logs. */
  public static final String SERVICE = "proxy";

  private final ProxyConfig config;
  private final EventLoops loops;
  private final NameResolver names;
  private final HealthChecks health;
  private final Splicing splicing;
  private final List<FrontDoor> doors = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();

  /**
   * A proxy that is not bound yet.
   *
   * @param failed is told when a listener ends without having been asked to
   */
  public Proxy(ProxyConfig config, Surroundings around, BiConsumer<Listener, Throwable> failed) {
    this.config = config;
    this.loops = around.loops();
    names = new NameResolver(NameLookup.system(), around.ticker());
    Dialer dialer = new Dialer(around.loops(), names);
    splicing = new Splicing(config.relay(), around.admission().descriptors(), around.counters());
    ConnectionLog log = new ConnectionLog(around.accessLog(), config.accessLog());
    Passthrough passthrough =
        new Passthrough(
            config, new UpstreamDialer(dialer, around.ticker()), splicing, log, around.ticker());
    for (ListenerConfig listener : config.listeners()) {
      FrontDoor door = new FrontDoor(listener, config.hello(), passthrough, log, around.counters());
      doors.add(door);
      listeners.add(listener(config, listener, around, door, failed));
    }
    health = new HealthChecks(around.loops(), dialer);
  }

  @Override
  public String name() {
    return SERVICE;
  }

  /**
   * Binds every listener or none, with accepting off.
   *
   * @throws IllegalStateException if splicing was demanded and the transport cannot
   */
  @Override
  public void start() throws ListenException {
    requireSplicing();
    try {
      for (Listener listener : listeners) {
        listener.start();
      }
    } catch (ListenException e) {
      listeners.forEach(Listener::stopAccepting);
      throw e;
    }
    names.start();
    health.start();
    doors.stream().flatMap(door -> door.routes().stream()).forEach(this::check);
  }

  /** The sockets, to be audited and then told to accept. */
  public List<Listener> listeners() {
    return List.copyOf(listeners);
  }

  /** Lets all connections finish at the same time, not listener by listener; resets the rest. */
  public void drain() throws InterruptedException {
    List<Thread> closing =
        listeners.stream()
            .map(listener -> Thread.ofVirtual().name("drain").start(listener::close))
            .toList();
    for (Thread thread : closing) {
      thread.join();
    }
  }

  @Override
  public void close() throws InterruptedException {
    drain();
    health.close();
    names.close();
    splicing.close();
  }

  @Override
  public void collect(MetricSink sink) {
    listeners.forEach(listener -> listener.collect(sink));
    doors.forEach(door -> door.collect(sink));
    splicing.collect(sink);
  }

  private void requireSplicing() {
    boolean demanded = config.relay().mode() == RelaySettings.Mode.SPLICE;
    if (demanded && loops.transport() != Transport.EPOLL) {
      throw new IllegalStateException(
          "proxy.relay: splice (expected: auto or copy, since ops.transport is "
              + loops.transport().label()
              + ")");
    }
  }

  private void check(PassthroughRoute running) {
    Route route = running.route();
    HealthCheck settings =
        new HealthCheck(
            route.healthInterval(), config.connectTimeout(), route.header().isPresent());
    health.begin(running.backends(), settings);
  }

  private static Listener listener(
      ProxyConfig config,
      ListenerConfig listener,
      Surroundings around,
      FrontDoor door,
      BiConsumer<Listener, Throwable> failed) {
    ListenerSettings settings =
        new ListenerSettings(
            "proxy.listeners",
            SERVICE,
            listener.address(),
            config.backlog(),
            listener.guard(),
            config.proxyHeaderTimeout(),
            around.drain(),
            config.reusePort());
    return new Listener(
        settings, around.loops(), around.admission(), around.counters(), door, failed);
  }
}
