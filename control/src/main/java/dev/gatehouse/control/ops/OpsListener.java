package dev.gatehouse.control.ops;

import dev.gatehouse.control.ops.http.Connections;
import dev.gatehouse.control.ops.http.HostCheck;
import dev.gatehouse.control.ops.scrape.MetricsPage;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.ListenerSettings;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.loop.EventLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/**
 * The HTTP server for operators on this host.
 *
 * <p>Its address has been checked to be loopback. Nothing that it serves changes anything.
 */
public final class OpsListener implements Part {

  /** More are reset. */
  static final int MAX_CONNECTIONS = 64;

  static final int BACKLOG = 128;

  /** For answers that are being written when it closes; a scrape is repeated soon anyway. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final Listener listener;
  private final ExecutorService pages;
  private final String version;

  /**
   * A listener that is not bound yet.
   *
   * @param failed is told when the listener ends without having been asked to
   */
  public OpsListener(
      Endpoint endpoint,
      OpsConfig config,
      OpsContent content,
      EventLoops loops,
      EventCounters counters,
      Ticker ticker,
      BiConsumer<Listener, Throwable> failed) {
    pages = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ops-", 0).factory());
    version = content.server().version();
    Connections connections =
        new Connections(
            OpsRoutes.of(content, metrics(config, content, counters)),
            new HostCheck(config.allowedHosts()),
            counters,
            ticker,
            pages,
            this::headerExpired);
    ListenerSettings settings =
        new ListenerSettings("ops.listen", "ops", endpoint, BACKLOG, MAX_CONNECTIONS, DRAIN);
    listener = new Listener(settings, loops, Admission.OPEN, counters, connections, failed);
  }

  @Override
  public String name() {
    return listener.name();
  }

  /** Binds, with accepting off. */
  @Override
  public void start() throws ListenException {
    listener.start();
  }

  /** The socket, to be audited and then told to accept. */
  public Listener listener() {
    return listener;
  }

  @Override
  public void close() {
    listener.close();
    pages.shutdownNow();
  }

  private MetricsPage metrics(OpsConfig config, OpsContent content, EventCounters counters) {
    List<MetricSource> sources = new ArrayList<>(content.metrics());
    sources.add(counters);
    sources.add(this::ownSamples);
    return config.jvmMetrics()
        ? MetricsPage.withJvm(sources, counters)
        : MetricsPage.of(sources, counters);
  }

  private void ownSamples(MetricSink sink) {
    sink.sample(Metric.BUILD, 1, version, Runtime.version().toString());
    listener.collect(sink);
  }

  private void headerExpired() {
    listener.refused(Refusal.HEADER_TIMEOUT);
  }
}
