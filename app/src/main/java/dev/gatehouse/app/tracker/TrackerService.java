package dev.gatehouse.app.tracker;

import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.edge.EdgeStore;
import dev.gatehouse.app.operation.DrainedService;
import dev.gatehouse.app.start.Entrance;
import dev.gatehouse.control.ops.page.Answer;
import dev.gatehouse.control.ops.page.Route;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.config.TlsSettings;
import dev.gatehouse.tracker.Tracker;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.http.StatsPage;
import dev.gatehouse.tracker.rule.OperatorRules;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** The tracker, with what it is for the rest of the daemon. */
public final class TrackerService implements Entrance, DrainedService {

  private final CertificateStore certificates;
  private final Tracker tracker;

  private TrackerService(CertificateStore certificates, Tracker tracker) {
    this.certificates = certificates;
    this.tracker = tracker;
  }

  /**
   * What all services share.
   *
   * @param failed is told the name of a port that ends without having been asked to, and why
   */
  public record Shared(
      EventLoops loops,
      Admission admission,
      EventCounters counters,
      Ticker ticker,
      BiConsumer<String, Throwable> failed) {}

  /** A tracker that is not bound yet. */
  public static TrackerService of(GatehouseConfig config, Shared shared) {
    // keys of connection ids and of tables: nobody may guess them
    SecureRandom entropy = new SecureRandom();
    Surroundings around =
        new Surroundings(
            shared.loops,
            shared.admission,
            shared.counters,
            shared.ticker,
            entropy,
            config.ops().shutdownTimeout(),
            config.ops().state(),
            config.ops().requestTiming());
    CertificateStore certificates = certificates(config, shared);
    OperatorRules rules =
        new OperatorRules(new StoredRules(config.ops().state().resolve(EdgeStore.FILE)));
    return new TrackerService(
        certificates, new Tracker(config.tracker(), certificates, rules, around, shared.failed));
  }

  /** Certificates of all services are held to the same rules. */
  private static CertificateStore certificates(GatehouseConfig config, Shared shared) {
    TlsSettings tls = config.proxy().settings().http().tls();
    return new CertificateStore(
        Tracker.SERVICE,
        new CertificateCheck(tls.requireChain(), tls.expiryWarning(), config.ops().production()),
        tls.pollInterval(),
        ServerContext.Engine.best(),
        shared.counters,
        shared.ticker);
  }

  /** The tracker itself. */
  public Tracker tracker() {
    return tracker;
  }

  /** What is to be started, in this order. */
  public List<Part> parts() {
    return List.of(certificates, tracker);
  }

  /** What there is to measure. */
  public List<MetricSource> metrics() {
    return List.of(certificates, tracker);
  }

  /** What can be read from the ops listener. */
  public List<Route> views() {
    StatsPage stats = tracker.stats();
    return List.of(
        Route.ofService(Tracker.SERVICE, "stats.json", _ -> Answer.json(200, stats.json())),
        Route.ofService(
            Tracker.SERVICE,
            "stats",
            _ -> Answer.of(200, "text/html; charset=utf-8", stats.html())));
  }

  @Override
  public void accept() {
    tracker.accept();
  }

  @Override
  public void stopAccepting() throws InterruptedException {
    tracker.stopAccepting();
  }

  @Override
  public String name() {
    return Tracker.SERVICE;
  }

  @Override
  public long connections() {
    return tracker.sockets().stream().mapToLong(Listener::connections).sum();
  }

  @Override
  public List<RouteView> routes() {
    return List.of();
  }

  @Override
  public int drain(Duration timeout) throws InterruptedException {
    return tracker.drain(timeout);
  }
}
