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
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateProblem;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.net.tls.client.ClientContexts;
import dev.gatehouse.proxy.ProxyView.ListenerView;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.ProxyView.ShownCertificate;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.config.ProxySettings;
import dev.gatehouse.proxy.config.RelaySettings;
import dev.gatehouse.proxy.config.TlsSettings;
import dev.gatehouse.proxy.l4.Passthrough;
import dev.gatehouse.proxy.l4.Splicing;
import dev.gatehouse.proxy.l7.Termination;
import dev.gatehouse.proxy.l7.connection.RequestRate;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.upstream.HealthChecks;
import dev.gatehouse.proxy.upstream.UpstreamDialer;
import dev.gatehouse.proxy.upstream.pool.BackendPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The TLS front door: its listeners and all that they share.
 *
 * <p>What it is told may change while it runs; the one who tells it does so from one thread.
 */
public final class Proxy implements Part, MetricSource, ProxyView {

  /** The word for this service in metrics, status and logs. */
  public static final String SERVICE = "proxy";

  /** Connections to backends that are idle for too long are so for that much longer at most. */
  private static final Duration POOL_SWEEP = Duration.ofSeconds(1);

  private final Surroundings around;
  private final BiConsumer<Listener, Throwable> failed;
  private final NameResolver names;
  private final HealthChecks health;
  private final RouteChecks checks;
  private final Splicing splicing;
  private final UpstreamDialer dialer;
  private final CertificateStore store;
  private final Certificates certificates;
  private final ClientContexts contexts;
  private final BackendTrust trust;
  private final BackendPool pool;
  private final List<Door> leaving = new CopyOnWriteArrayList<>();
  private volatile RequestRate rate = RequestRate.NONE;
  private volatile ProxySettings settings;
  private volatile Terms terms;
  private volatile List<Door> doors;

  /**
   * A proxy that is not bound yet.
   *
   * @param failed is told when a listener ends without having been asked to
   */
  public Proxy(
      ProxySettings settings,
      List<ListenerConfig> listeners,
      Surroundings around,
      BiConsumer<Listener, Throwable> failed) {
    this.settings = settings;
    this.around = around;
    this.failed = failed;
    names = new NameResolver(NameLookup.system(), around.ticker());
    Dialer dials = new Dialer(around.loops(), names);
    dialer = new UpstreamDialer(dials, around.ticker());
    splicing = new Splicing(around.admission().descriptors(), around.counters());
    health = new HealthChecks(around.loops(), dials);
    checks = new RouteChecks(health, settings.connectTimeout());
    ServerContext.Engine engine = ServerContext.Engine.best();
    store =
        new CertificateStore(
            SERVICE,
            check(settings.http().tls()),
            settings.http().tls().pollInterval(),
            engine,
            around.counters(),
            around.ticker());
    certificates = new Certificates(store, settings.http().tls().minimum());
    contexts = new ClientContexts(engine);
    trust = new BackendTrust(contexts);
    pool =
        new BackendPool(
            dialer,
            contexts,
            new LoopSweep(around.ticker(), POOL_SWEEP),
            around.ticker(),
            settings.http().pool(),
            settings.connectTimeout());
    terms = terms(settings);
    doors = listeners.stream().map(this::door).toList();
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
    requireSplicing(settings);
    bind(doors);
    names.start();
    health.start();
    trust.follow(configs());
    certificates.follow(configs());
    store.start();
    doors.forEach(door -> checks.begin(door.front().snapshot()));
  }

  /** The sockets, to be audited and then told to accept; those that drain have none any more. */
  public List<Listener> sockets() {
    return doors.stream().map(Door::listener).toList();
  }

  /** What is wrong with certificates that are not served yet; reads their files. */
  public List<CertificateProblem> certificateProblems(List<ListenerConfig> told) {
    return certificates.problems(told, check(settings.http().tls()), around.ticker().now());
  }

  /**
   * Binds the listeners that are new, with accepting off.
   *
   * @param told what all listeners are to be told
   * @throws ListenException if an address cannot be bound; then none is
   */
  public Opening open(List<ListenerConfig> told) throws ListenException {
    List<Door> added =
        told.stream().filter(config -> at(config).isEmpty()).map(this::door).toList();
    bind(added);
    return new Opening(added, told);
  }

  /** New listeners that wait to be let in, and what all listeners are to be told then. */
  public final class Opening {

    private final List<Door> added;
    private final List<ListenerConfig> told;

    private Opening(List<Door> added, List<ListenerConfig> told) {
      this.added = added;
      this.told = told;
    }

    /** Lets all listeners follow; those that are told nothing stop and drain. */
    public void publish() {
      trust.follow(told);
      certificates.follow(told);
      List<Door> next = new ArrayList<>();
      for (ListenerConfig config : told) {
        Door door = at(config).orElseGet(() -> added(config));
        door.publish(config, settings);
        next.add(door);
      }
      List<Door> gone = new ArrayList<>(doors);
      gone.removeAll(next);
      doors = List.copyOf(next);
      for (Door door : added) {
        checks.begin(door.front().snapshot());
        door.listener().accept();
      }
      gone.forEach(Proxy.this::leave);
      certificates.forgetRest();
    }

    /** Gives the ports back. */
    public void abandon() {
      added.forEach(door -> door.listener().stopAccepting());
      added.forEach(door -> door.front().retire(true));
    }

    private Door added(ListenerConfig config) {
      return added.stream().filter(door -> door.isAt(config)).findFirst().orElseThrow();
    }
  }

  /**
   * Follows other settings; connections keep the ones that they began with, and sockets theirs.
   *
   * @throws IllegalStateException if splicing is demanded and the transport cannot
   */
  public void follow(ProxySettings next) {
    requireSplicing(next);
    settings = next;
    checks.connectTimeout(next.connectTimeout());
    store.configure(check(next.http().tls()), next.http().tls().pollInterval());
    certificates.minimum(next.http().tls().minimum(), configs());
    pool.follow(next.http().pool(), next.connectTimeout());
    terms = terms(next);
    for (Door door : doors) {
      door.front().publish(terms);
      door.listener().guard(door.config().guard(), next.proxyHeaderTimeout());
    }
  }

  /**
   * Takes no new connections and lets all finish at the same time, not listener by listener.
   *
   * @return how many had to be reset when the time was over
   */
  public int drain(Duration time) throws InterruptedException {
    List<Drain> drains =
        Stream.concat(doors.stream(), leaving.stream())
            .map(door -> Drain.begin(door, time))
            .toList();
    int forced = 0;
    for (Drain drain : drains) {
      forced += drain.await();
    }
    return forced;
  }

  @Override
  public void close() throws InterruptedException {
    drain(around.drain());
    pool.close();
    contexts.close();
    store.close();
    health.close();
    names.close();
    splicing.close();
  }

  @Override
  public void collect(MetricSink sink) {
    for (Door door : doors) {
      door.listener().collect(sink);
      door.front().collect(sink);
    }
    store.collect(sink);
    splicing.collect(sink);
  }

  @Override
  public List<ListenerView> listeners() {
    return all().map(Views::listener).toList();
  }

  @Override
  public List<RouteView> routes() {
    long now = around.ticker().nanos();
    return doors.stream().flatMap(door -> Views.routes(door, certificates, now)).toList();
  }

  @Override
  public List<ShownCertificate> certificates() {
    return certificates.shown(configs());
  }

  @Override
  public Map<String, Long> refused() {
    return Views.refused(all().toList());
  }

  private Stream<Door> all() {
    return Stream.concat(doors.stream(), leaving.stream());
  }

  private Optional<Door> at(ListenerConfig config) {
    return doors.stream().filter(door -> door.isAt(config)).findFirst();
  }

  private List<ListenerConfig> configs() {
    return doors.stream().map(Door::config).toList();
  }

  private CertificateCheck check(TlsSettings tls) {
    return new CertificateCheck(tls.requireChain(), tls.expiryWarning(), around.production());
  }

  private static void bind(List<Door> doors) throws ListenException {
    try {
      for (Door door : doors) {
        door.listener().start();
      }
    } catch (ListenException e) {
      doors.forEach(door -> door.listener().stopAccepting());
      throw e;
    }
  }

  /**
   * Whoever is in may finish. After that nothing is known of the listener any more, unless there is
   * one of its address again.
   */
  private void leave(Door door) {
    leaving.add(door);
    door.listener().stopAccepting();
    Thread.ofVirtual()
        .name("leave-" + door.listener().name())
        .start(
            () -> {
              door.listener().close();
              door.front().retire(at(door.config()).isEmpty());
              leaving.remove(door);
            });
  }

  private void requireSplicing(ProxySettings wanted) {
    boolean demanded = wanted.relay().mode() == RelaySettings.Mode.SPLICE;
    if (demanded && around.loops().transport() != Transport.EPOLL) {
      throw new IllegalStateException(
          "proxy.relay: splice (expected: auto or copy, since ops.transport is "
              + around.loops().transport().label()
              + ")");
    }
  }

  private Terms terms(ProxySettings wanted) {
    rate = rate.following(wanted.http().requests(), around.ticker().nanos());
    ConnectionLog log = new ConnectionLog(around.accessLog(), wanted.accessLog());
    return new Terms(
        wanted.hello(),
        new Passthrough(wanted, dialer, splicing, log, around.ticker()),
        new Termination(
            wanted.http(), store, pool, around.admission().firewall(), rate, log, around.ticker()),
        log);
  }

  private Door door(ListenerConfig config) {
    FrontDoor front = new FrontDoor(config, terms, checks, certificates, around.counters());
    ListenerSettings told =
        new ListenerSettings(
            "proxy.listeners",
            SERVICE,
            config.address(),
            settings.backlog(),
            config.guard(),
            settings.proxyHeaderTimeout(),
            around.drain(),
            settings.reusePort());
    Listener listener =
        new Listener(told, around.loops(), around.admission(), around.counters(), front, failed);
    return new Door(listener, front);
  }
}
