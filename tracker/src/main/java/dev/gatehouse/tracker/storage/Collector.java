package dev.gatehouse.tracker.storage;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.client.ClientSoftware;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes out of a store, again and again, whoever did not come again. */
public final class Collector implements Part, MetricSource {

  private static final Logger log = LoggerFactory.getLogger(Collector.class);
  private static final List<String> SIZES =
      List.of("1", "2-4", "5-16", "17-64", "65-256", "257-1024", "1025+");
  private static final String COMPONENT = "tracker/storage";
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A collection that has ended, and when. */
  public record Run(Collected collected, Instant ended) {}

  private final SwarmStore store;
  private final Duration period;
  private final Ticker ticker;
  private final Histogram durations;
  private final LongAdder peers;
  private final LongAdder swarms;
  private @Nullable ScheduledExecutorService thread;
  private volatile @Nullable Run last;

  public Collector(SwarmStore store, Duration period, Ticker ticker, EventCounters counters) {
    this.store = store;
    this.period = period;
    this.ticker = ticker;
    durations = counters.histogram(Metric.TRACKER_STORAGE_GC_DURATION_SECONDS);
    peers = counters.counter(Metric.TRACKER_STORAGE_GC_REMOVED, "peer");
    swarms = counters.counter(Metric.TRACKER_STORAGE_GC_REMOVED, "swarm");
  }

  @Override
  public String name() {
    return "tracker collector";
  }

  @Override
  public void start() {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tracker-collector").factory());
    thread.scheduleWithFixedDelay(
        () -> {
          Collected _ = collect();
        },
        period.toNanos(),
        period.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  /** Collects now; one that fails is told in the log and does not keep the next from coming. */
  public synchronized Collected collect() {
    long begun = ticker.nanos();
    try {
      Collected collected = store.collect().toCompletableFuture().join();
      long took = ticker.nanos() - begun;
      durations.record(took / NANOS_PER_SECOND);
      peers.add(collected.peers());
      swarms.add(collected.swarms());
      last = new Run(collected, ticker.now());
      log.atDebug()
          .setMessage("gc_done")
          .addKeyValue("component", COMPONENT)
          .addKeyValue("took_ms", TimeUnit.NANOSECONDS.toMillis(took))
          .addKeyValue("peers", collected.peers())
          .addKeyValue("swarms", collected.swarms())
          .log();
      return collected;
    } catch (RuntimeException failure) {
      log.atError()
          .setMessage("gc_failed")
          .addKeyValue("component", COMPONENT)
          .setCause(failure)
          .log();
      return Collected.NOTHING;
    }
  }

  /** The last collection that ended well. */
  public Optional<Run> last() {
    return Optional.ofNullable(last);
  }

  /** Waits for the collection that runs. */
  @Override
  public void close() {
    if (thread != null) {
      thread.close();
    }
  }

  @Override
  public void collect(MetricSink sink) {
    Run run = last;
    if (run == null) {
      return;
    }
    sink.sample(
        Metric.TRACKER_STORAGE_GC_LAST_TIMESTAMP_SECONDS, (double) run.ended().getEpochSecond());
    for (int i = 0; i < SIZES.size(); i++) {
      sink.sample(
          Metric.TRACKER_SWARMS, (double) run.collected().swarmsBySize().get(i), SIZES.get(i));
    }
    for (ClientSoftware software : ClientSoftware.values()) {
      sink.sample(
          Metric.TRACKER_CLIENT_PEERS,
          (double) run.collected().clients().of(software),
          software.label());
    }
  }
}
