package dev.gatehouse.app.relay;

import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.operation.DrainedService;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.acme.AcmeCertificate;
import dev.gatehouse.net.acme.AcmeSettings;
import dev.gatehouse.net.acme.CertificateFolder;
import dev.gatehouse.net.acme.OrderClock;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.config.TlsSettings;
import dev.gatehouse.relay.Relay;
import dev.gatehouse.relay.Surroundings;
import dev.gatehouse.relay.config.ListenSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The relay, with what it is for the rest of the daemon. */
public final class RelayService implements DrainedService {

  private final ListenSettings listen;
  private final UsableCertificate usable;
  private final CertificateStore certificates;
  private final Optional<AcmeCertificate> ordered;
  private final Relay relay;

  private RelayService(
      ListenSettings listen,
      UsableCertificate usable,
      CertificateStore certificates,
      Optional<AcmeCertificate> ordered,
      Relay relay) {
    this.listen = listen;
    this.usable = usable;
    this.certificates = certificates;
    this.ordered = ordered;
    this.relay = relay;
  }

  /**
   * What all services share.
   *
   * @param version of the product
   * @param failed is told when a listener ends without having been asked to
   */
  public record Shared(
      EventLoops loops,
      Admission admission,
      EventCounters counters,
      Ticker ticker,
      String version,
      BiConsumer<Listener, Throwable> failed) {}

  /** A relay that is not bound yet. */
  public static RelayService of(GatehouseConfig config, Shared shared) {
    // certificates of all services are held to the same rules
    TlsSettings tls = config.proxy().settings().http().tls();
    CertificateCheck check =
        new CertificateCheck(tls.requireChain(), tls.expiryWarning(), config.ops().production());
    CertificateStore certificates =
        new CertificateStore(
            Relay.SERVICE,
            check,
            tls.pollInterval(),
            ServerContext.Engine.best(),
            shared.counters,
            shared.ticker);
    AcmeCertificate.Surroundings orders =
        new AcmeCertificate.Surroundings(
            certificates, check, shared.counters, shared.ticker, new SecureRandom()::nextDouble);
    ListenSettings listen = config.relay().listen();
    Optional<AcmeCertificate> ordered =
        listen
            .autocert()
            .map(told -> new AcmeCertificate(told.acme(), use(listen, told.acme()), orders));
    Surroundings around =
        new Surroundings(
            shared.loops,
            shared.admission,
            certificates,
            ordered,
            shared.counters,
            shared.ticker,
            shared.version);
    return new RelayService(
        listen,
        new UsableCertificate(listen, check, shared.ticker),
        certificates,
        ordered,
        new Relay(config.relay(), around, shared.failed));
  }

  private static CertificateStore.Use use(ListenSettings listen, AcmeSettings acme) {
    Path file = CertificateFolder.file(acme.folder(), acme.domain());
    return new CertificateStore.Use(
        Relay.SERVICE,
        acme.domain(),
        new CertificateFiles(file, file),
        listen.minimumVersion(),
        Relay.PROTOCOLS);
  }

  /** The relay itself. */
  public Relay relay() {
    return relay;
  }

  /** How it runs, for the line of the log that tells of a start. */
  public Map<String, String> startFields() {
    return StartFields.of(relay.condition().mode(), listen);
  }

  /** What is to be started, in this order. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>(List.of(usable, certificates));
    ordered.ifPresent(parts::add);
    parts.add(relay);
    return parts;
  }

  /** What begins when strangers are let in. */
  public List<Part> whileServing() {
    return ordered.stream().<Part>map(OrderClock::new).toList();
  }

  /** What keeps it from being of use while it serves, in words. */
  public List<String> lacks() {
    return ordered.stream().allMatch(AcmeCertificate::isUsable)
        ? List.of()
        : List.of("certificate");
  }

  /** What there is to measure. */
  public List<MetricSource> metrics() {
    return List.of(certificates, relay);
  }

  @Override
  public String name() {
    return Relay.SERVICE;
  }

  @Override
  public long connections() {
    return relay.sockets().stream().mapToLong(Listener::connections).sum();
  }

  @Override
  public List<RouteView> routes() {
    return List.of();
  }

  /** Peers come back by themselves, so they are told at once where all of it ends. */
  @Override
  public int drain(Duration timeout) {
    return relay.drain(timeout);
  }

  @Override
  public DrainedService alone() {
    return new Leaving(this);
  }

  /** The same for an operator who lets peers go in their own time. */
  private record Leaving(RelayService service) implements DrainedService {

    @Override
    public String name() {
      return service.name();
    }

    @Override
    public long connections() {
      return service.connections();
    }

    @Override
    public List<RouteView> routes() {
      return service.routes();
    }

    @Override
    public int drain(Duration timeout) {
      return service.relay().leave(timeout);
    }
  }
}
