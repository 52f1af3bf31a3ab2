package dev.gatehouse.watch.scan;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.WatchView;
import dev.gatehouse.watch.drift.IntendedListener;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** The watch over this host's sockets: scans by its clock and on demand, and tells what it saw. */
public final class Watch implements Part, WatchView, MetricSource {

  private static final Duration FRESH_AT_MOST = Duration.ofSeconds(1);
  private static final Duration DEAR_AT_MOST = Duration.ofSeconds(10);

  private final Ticker ticker;
  private final Scans scans;
  private final ScanThread thread;
  private final LongAdder timeouts;
  private final Announcements announcements;
  private volatile WatchConfig config;

  Watch(WatchConfig config, Surroundings host, EventCounters counters) {
    this.ticker = host.ticker();
    this.config = config;
    this.scans = new Scans(host, counters, () -> this.config);
    this.thread = new ScanThread(ticker, counters, scans.passes());
    this.timeouts = counters.counter(Metric.NETSTAT_SCAN_TIMEOUTS);
    this.announcements = new Announcements(host, counters);
  }

  /**
   * A watch over the host on which this runs.
   *
   * @param intended the listeners that Gatehouse itself means to have, as they are now
   */
  public static Watch ofHost(
      WatchConfig config,
      Ticker ticker,
      EventCounters counters,
      Supplier<Set<IntendedListener>> intended) {
    return new Watch(config, Surroundings.ofHost(ticker, intended), counters);
  }

  @Override
  public String name() {
    return "watch";
  }

  @Override
  public void start() {
    if (announcements.beforeStart()) {
      thread.start();
      announcements.started(exposure(false), config);
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.close(config.scanTimeout());
  }

  /** Goes on with another configuration, from the next scan. */
  public void reconfigure(WatchConfig newConfig) {
    config = newConfig;
    thread.wake();
  }

  @Override
  public ExposureSnapshot exposure(boolean fresh) {
    Scanned last = scans.last();
    if (last.isYoung(ticker.nanos(), reusableAge(last, fresh)) && !last.snapshot().stale()) {
      return last.snapshot();
    }
    if (thread.await(scans.listeners(), config.scanTimeout())) {
      return scans.last().snapshot();
    }
    if (thread.isStarted()) {
      timeouts.increment();
    }
    return scans.last().staleSnapshot();
  }

  private Duration reusableAge(Scanned last, boolean fresh) {
    if (fresh) {
      return FRESH_AT_MOST;
    }
    Duration configured = config.snapshotMaxAge();
    return last.dear() && configured.compareTo(DEAR_AT_MOST) < 0 ? DEAR_AT_MOST : configured;
  }

  @Override
  public Optional<ConnectionCounts> connections() {
    if (!config.connections() || !thread.isStarted()) {
      return Optional.empty();
    }
    if (thread.read(scans.connections())
        && !thread.await(scans.connections(), config.scanTimeout())) {
      timeouts.increment();
    }
    return scans.lastConnections();
  }

  @Override
  public Subscription subscribe(ScanListener listener) {
    return scans.subscribers().add(listener);
  }

  @Override
  public void collect(MetricSink sink) {
    if (!thread.isStarted()) {
      return;
    }
    ExposureSnapshot _ = exposure(false);
    Scanned last = scans.last();
    last.samples().collect(sink);
    if (!last.lastComplete().equals(Instant.EPOCH)) {
      sink.sample(
          Metric.NETSTAT_LAST_SCAN_TIMESTAMP_SECONDS, last.lastComplete().toEpochMilli() / 1e3);
    }
    sink.sample(Metric.NETSTAT_OWNER_WALK_SECONDS, last.walkNanos() / 1e9);
    sink.sample(Metric.NETSTAT_NAMESPACES, 1 + scans.otherNamespaces());
    Optional<ConnectionCounts> _ = connections();
    scans.connectionSamples().collect(sink);
    thread.collect(sink);
  }
}
