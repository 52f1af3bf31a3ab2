package dev.gatehouse.tracker.http;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.ListenerSettings;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext.MinimumVersion;
import dev.gatehouse.tracker.config.HttpFrontendConfig;
import dev.gatehouse.tracker.config.HttpFrontendConfig.Tls;
import dev.gatehouse.tracker.config.RouteLists;
import dev.gatehouse.tracker.flow.Action;
import dev.gatehouse.tracker.flow.Logic;
import dev.gatehouse.tracker.flow.Meter;
import dev.gatehouse.tracker.flow.Surroundings;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of the tracker for HTTP or for HTTPS. */
public final class HttpFrontend implements Part, MetricSource {

  private static final Logger log = LoggerFactory.getLogger(HttpFrontend.class);
  private static final String KEY = "tracker.http";
  private static final int BACKLOG = 4096;

  /** Above so many hundredths of its connections a listener keeps none. */
  private static final long CROWDED_PERCENT = 90;

  private final HttpFrontendConfig config;
  private final Surroundings around;
  private final CertificateStore certificates;
  private final Listener listener;
  private final Meter meter;
  private final Pages pages;
  private volatile HttpRequests requests;

  /**
   * What a frontend shows beside answers.
   *
   * @param healthy whether the tracker can do its work
   */
  public record Pages(StatsPage stats, Supplier<CompletionStage<Boolean>> healthy) {}

  /**
   * A port that is not bound yet.
   *
   * @param retryIn what clients beyond a limit are told to wait
   * @param certificates where that of a port for HTTPS is put
   * @param failed is told when the listener ends without having been asked to
   */
  public HttpFrontend(
      HttpFrontendConfig config,
      Logic logic,
      Pages pages,
      Duration retryIn,
      CertificateStore certificates,
      Surroundings around,
      BiConsumer<Listener, Throwable> failed) {
    this.config = config;
    this.around = around;
    this.certificates = certificates;
    listener =
        new Listener(
            settings(), around.loops(), around.admission(), around.counters(), this::serve, failed);
    this.pages = pages;
    meter =
        new Meter(
            config.address().toString(),
            protocol(),
            config.rules().requestTiming().orElse(around.requestTiming()),
            served(config.routes()),
            around.counters());
    requests = new HttpRequests(terms(config, retryIn), logic);
  }

  private static EnumSet<Action> served(RouteLists routes) {
    EnumSet<Action> served = EnumSet.of(Action.ANNOUNCE, Action.SCRAPE);
    if (!routes.ping().isEmpty()) {
      served.add(Action.PING);
    }
    if (!routes.stats().isEmpty()) {
      served.add(Action.STATS);
    }
    return served;
  }

  private ListenerSettings settings() {
    return new ListenerSettings(
        KEY,
        Meter.SERVICE,
        config.address(),
        BACKLOG,
        config.guard(),
        ListenerSettings.PROXY_HEADER_TIMEOUT,
        around.drain(),
        config.reusePort());
  }

  private HttpTerms terms(HttpFrontendConfig by, Duration retryIn) {
    return new HttpTerms(
        by,
        new RouteTable(by.routes()),
        new RealIp(by, around.counters(), around.ticker()),
        around.admission().firewall(),
        meter,
        around.ticker(),
        this::isCrowded,
        pages.healthy(),
        pages.stats(),
        retryIn,
        new HttpTerms.Workers(by.maxHeaderSize()));
  }

  private boolean isCrowded() {
    int most = listener.limit();
    return most > 0 && listener.connections() * 100L > most * CROWDED_PERCENT;
  }

  /**
   * Follows other settings, but for those of the socket: connections from the next one on, requests
   * from the next one on.
   *
   * @param retryIn what clients beyond a limit are told to wait
   */
  public void follow(HttpFrontendConfig next, Logic logic, Duration retryIn) {
    HttpFrontendConfig told = next.withSocketOf(config);
    told.tls().ifPresent(this::followCertificate);
    requests = new HttpRequests(terms(told, retryIn), logic);
    listener.guard(told.guard(), ListenerSettings.PROXY_HEADER_TIMEOUT);
  }

  private void followCertificate(Tls tls) {
    if (!requests.terms().config().tls().equals(Optional.of(tls))) {
      addCertificate(tls);
    }
  }

  private HttpConnection connection() {
    return new HttpConnection(requests.terms(), () -> requests);
  }

  /** What happens to a connection, from top to bottom. */
  private void serve(Channel channel) {
    if (config.tls().isEmpty()) {
      channel.pipeline().addLast(HttpConnection.NAME, connection());
      return;
    }
    channel
        .pipeline()
        .addLast(
            TlsOpening.NAME,
            new TlsOpening(
                certificates,
                listener.name(),
                config.times().head(),
                context -> context.pipeline().addLast(HttpConnection.NAME, connection())));
  }

  @Override
  public String name() {
    return listener.name();
  }

  /** Binds, with accepting off; the certificate is read before. */
  @Override
  public void start() throws ListenException {
    config.tls().ifPresent(this::addCertificate);
    listener.start();
  }

  private void addCertificate(Tls tls) {
    certificates.add(
        new CertificateStore.Use(
            listener.name(),
            "",
            new CertificateFiles(tls.certificate(), tls.key()),
            MinimumVersion.TLS_1_2,
            List.of("http/1.1")));
  }

  /** The word for what is spoken here in metrics. */
  public String protocol() {
    return config.tls().isPresent() ? "https" : "http";
  }

  /** Where the kernel says that it listens. */
  public Endpoint address() {
    return listener.boundAddress();
  }

  /** The socket, to be audited and then told to accept. */
  public Listener listener() {
    return listener;
  }

  /** Starts to accept. */
  public void accept() {
    listener.accept();
    log.atInfo()
        .setMessage("frontend_started")
        .addKeyValue("component", "tracker/http")
        .addKeyValue("address", listener.boundAddress())
        .addKeyValue("config", config)
        .log();
  }

  @Override
  public void close() {
    listener.close();
  }

  @Override
  public void collect(MetricSink sink) {
    listener.collect(sink);
  }
}
