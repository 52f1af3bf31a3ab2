package dev.gatehouse.watch.collector;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs collectors so that the bug of one is counted, logged and no other's trouble, and knows how
 * long each took; for any threads.
 */
public final class CollectorTimings implements MetricSource {

  /** What a collector does in one run. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(CollectorTimings.class);
  private static final long LOG_INTERVAL_NANOS = Duration.ofHours(1).toNanos();
  private static final long NEVER = -1;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Ticker ticker;
  private final Map<Collector, Runs> runs = new EnumMap<>(Collector.class);

  /** Has the failures of every collector counted, each from 0. */
  public CollectorTimings(Ticker ticker, EventCounters counters) {
    this.ticker = ticker;
    for (Collector collector : Collector.values()) {
      runs.put(
          collector,
          new Runs(collector, counters.counter(Metric.COLLECTOR_SCRAPE_PANICS, collector.label())));
    }
  }

  /** Does the work and keeps its duration; what it throws ends here. */
  public void run(Collector collector, Work work) {
    long begin = ticker.nanos();
    guard(collector, work);
    runsOf(collector).tookNanos = ticker.nanos() - begin;
  }

  /** Does a lesser work, such as handing over the result of a run; what it throws ends here. */
  public void guard(Collector collector, Work work) {
    try {
      work.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception | LinkageError failure) {
      runsOf(collector).failed(ticker.nanos(), failure);
    }
  }

  /** The duration of the last run of each collector that ran. */
  @Override
  public void collect(MetricSink sink) {
    for (Runs last : runs.values()) {
      if (last.tookNanos != NEVER) {
        sink.sample(
            Metric.COLLECTOR_SCRAPE_DURATION_SECONDS,
            (double) last.tookNanos / NANOS_PER_SECOND,
            last.collector.label());
      }
    }
  }

  private Runs runsOf(Collector collector) {
    Runs found = runs.get(collector);
    if (found == null) {
      throw new IllegalStateException("no runs of " + collector);
    }
    return found;
  }

  private static final class Runs {

    private final Collector collector;
    private final LongAdder panics;
    private volatile long tookNanos = NEVER;
    private boolean logged;
    private long loggedNanos;

    Runs(Collector collector, LongAdder panics) {
      this.collector = collector;
      this.panics = panics;
    }

    void failed(long nowNanos, Throwable failure) {
      panics.increment();
      if (mayLog(nowNanos)) {
        LOG.atError()
            .setMessage("collector_failed")
            .addKeyValue("collector", collector.label())
            .addKeyValue("reason", failure.toString())
            .setCause(failure)
            .log();
      }
    }

    private synchronized boolean mayLog(long nowNanos) {
      if (logged && nowNanos - loggedNanos < LOG_INTERVAL_NANOS) {
        return false;
      }
      logged = true;
      loggedNanos = nowNanos;
      return true;
    }
  }
}
