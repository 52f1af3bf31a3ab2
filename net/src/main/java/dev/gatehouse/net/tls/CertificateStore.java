package dev.gatehouse.net.tls;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.tls.CertificateProblem.Kind;
import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of a service, each under a name, from files that may be replaced while they are
 * in use.
 *
 * <p>The files are looked at from time to time. A changed pair takes over in one step, for new
 * connections; those that are open keep what they began with, and nobody waits for their end. A
 * pair that cannot be served changes nothing. A name whose files cannot be served at all is
 * unavailable until they can.
 */
public final class CertificateStore implements Part, MetricSource {

  private static final Logger log = LoggerFactory.getLogger(CertificateStore.class);

  /** Those that have a series; the others are told in the log and in the views. */
  private static final List<Kind> MEASURED =
      List.of(Kind.CHAIN, Kind.NAME, Kind.EXPIRED, Kind.NOT_YET_VALID, Kind.UNAVAILABLE);

  private final String service;
  private final ServerContext.Engine engine;
  private final EventCounters counters;
  private final Ticker ticker;
  private final Map<String, StoredCertificate> certificates = new ConcurrentHashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private volatile CertificateCheck check;
  private Duration pollInterval;
  private boolean closed;
  private @Nullable ScheduledExecutorService poller;
  private @Nullable ScheduledFuture<?> polling;

  /**
   * What is to be served.
   *
   * @param name what operators call it
   * @param hostname which the certificate is to cover; empty text: whatever it is for
   * @param minimum the oldest version of TLS that its connections may use
   * @param protocols what is spoken within TLS, the best first
   */
  public record Use(
      String name,
      String hostname,
      CertificateFiles files,
      ServerContext.MinimumVersion minimum,
      List<String> protocols) {

    public Use {
      protocols = List.copyOf(protocols);
    }

    /** As the other, for those who speak all that there is. */
    public Use(
        String name,
        String hostname,
        CertificateFiles files,
        ServerContext.MinimumVersion minimum) {
      this(name, hostname, files, minimum, ServerContext.PROTOCOLS);
    }
  }

  /** A store without certificates. */
  public CertificateStore(
      String service,
      CertificateCheck check,
      Duration pollInterval,
      ServerContext.Engine engine,
      EventCounters counters,
      Ticker ticker) {
    this.service = service;
    this.check = check;
    this.pollInterval = pollInterval;
    this.engine = engine;
    this.counters = counters;
    this.ticker = ticker;
  }

  @Override
  public String name() {
    return service + " certificates";
  }

  /** Whose certificates these are. */
  public String service() {
    return service;
  }

  /** Begins to look at the files of every name, also of those that come later. */
  @Override
  public synchronized void start() {
    poller =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("certificates").factory());
    schedule();
  }

  private void schedule() {
    if (poller != null && !closed) {
      long nanos = pollInterval.toNanos();
      polling = poller.scheduleWithFixedDelay(this::reload, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Ends the looking, and waits for a look that is being taken, since it may still hold a context;
   * connections that are open keep what they have.
   */
  @Override
  public synchronized void close() {
    closed = true;
    if (poller != null) {
      // without a hurry: an interrupted read would look like a broken file
      poller.close();
    }
    List.copyOf(certificates.keySet()).forEach(this::remove);
  }

  /** Changes the rules, for what is loaded from now on, and how often files are looked at. */
  public synchronized void configure(CertificateCheck newCheck, Duration newPollInterval) {
    check = newCheck;
    pollInterval = newPollInterval;
    if (polling != null) {
      polling.cancel(false);
      schedule();
    }
  }

  /** Names a listener, which is told the name whenever its files bring something else to serve. */
  public void onSwap(Consumer<String> listener) {
    listeners.add(listener);
  }

  /**
   * Reads a certificate and serves it, in place of what had its name. Blocks, so never on a loop.
   * Files that cannot be served leave the name unavailable; {@link CertificateCheck#problems} says
   * beforehand whether they will.
   */
  public synchronized void add(Use use) {
    if (closed) {
      throw new IllegalStateException(name() + ": closed");
    }
    StoredCertificate certificate =
        new StoredCertificate(
            use, service, engine, counter(use.name(), "ok"), counter(use.name(), "error"));
    certificate.look(check, ticker.now());
    release(Optional.ofNullable(certificates.put(use.name(), certificate)));
  }

  /** Serves nothing under this name any more. */
  public synchronized void remove(String name) {
    release(Optional.ofNullable(certificates.remove(name)));
    counters.forget(Map.of("service", service, "name", name));
  }

  private static void release(Optional<StoredCertificate> old) {
    old.flatMap(StoredCertificate::close).ifPresent(ServerContext::release);
  }

  /** Looks at the files of every name now. Blocks, so never on a loop. */
  public void reload() {
    certificates.forEach(this::look);
  }

  private void look(String name, StoredCertificate certificate) {
    try {
      certificate.look(check, ticker.now()).ifPresent(swap -> tell(name, swap));
    } catch (RuntimeException e) {
      // a bug in one of them or a listener must not end the looking at all others
      log.atError()
          .setMessage("certificate_look_failed")
          .addKeyValue("name", name)
          .setCause(e)
          .log();
    }
  }

  private void tell(String name, StoredCertificate.Swap swap) {
    try {
      listeners.forEach(listener -> listener.accept(name));
    } finally {
      swap.replaced().ifPresent(ServerContext::release);
    }
  }

  private LongAdder counter(String name, String result) {
    return counters.counter(Metric.TLS_CERTIFICATE_RELOADS, service, name, result);
  }

  /** Begins the server's side of a connection with the certificate of a name; any thread may. */
  public Opening open(String name, ClientHello hello, ByteBufAllocator allocator) {
    Optional<ServerContext> tried = Optional.empty();
    Optional<ServerContext> present = context(name);
    while (present.isPresent() && !present.equals(tried)) {
      Opening opening = present.get().open(hello, allocator);
      if (!(opening instanceof Opening.Unavailable)) {
        return opening;
      }
      // replaced and freed since it was looked up
      tried = present;
      present = context(name);
    }
    return new Opening.Unavailable();
  }

  /** Whether connections with the certificate of that name can begin. */
  public boolean serves(String name) {
    return context(name).isPresent();
  }

  Optional<ServerContext> context(String name) {
    return Optional.ofNullable(certificates.get(name)).flatMap(StoredCertificate::context);
  }

  /** Every certificate, by name. */
  public List<CertificateView> views() {
    return certificates.values().stream()
        .map(StoredCertificate::view)
        .sorted(Comparator.comparing(CertificateView::name))
        .toList();
  }

  @Override
  public void collect(MetricSink sink) {
    certificates.forEach((name, certificate) -> collect(sink, name, certificate));
  }

  private void collect(MetricSink sink, String name, StoredCertificate certificate) {
    certificate
        .notAfter()
        .ifPresent(
            end ->
                sink.sample(
                    Metric.TLS_CERTIFICATE_NOT_AFTER_SECONDS,
                    (double) end.getEpochSecond(),
                    service,
                    name));
    for (Kind kind : MEASURED) {
      sink.sample(
          Metric.TLS_CERTIFICATE_PROBLEMS,
          certificate.has(kind) ? 1 : 0,
          service,
          name,
          kind.name().toLowerCase(Locale.ROOT));
    }
  }
}
