package dev.gatehouse.tracker.hook.approval;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.storage.KeyValueStore;
import dev.gatehouse.wire.Bytes;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of torrents in a store that follows its source, look by look; one thread looks at a time.
 */
final class ApprovedTorrents implements MetricSource {

  private static final Logger log = LoggerFactory.getLogger(ApprovedTorrents.class);

  private final String hook;
  private final TorrentSource source;
  private final KeyValueStore store;
  private final String context;
  private final Ticker ticker;
  private final LongAdder errors;
  private volatile int size;
  private volatile long lastSeconds;
  private Map<String, Listing> listings = Map.of();

  ApprovedTorrents(
      String hook,
      TorrentSource source,
      KeyValueStore store,
      String context,
      Ticker ticker,
      EventCounters counters) {
    this.hook = hook;
    this.source = source;
    this.store = store;
    this.context = context;
    this.ticker = ticker;
    errors = counters.counter(Metric.TRACKER_APPROVAL_SCAN_ERRORS, hook);
  }

  int size() {
    return size;
  }

  /**
   * Looks once; a source that cannot be read leaves the list as it is.
   *
   * @return why it could not be read; the empty text if it could
   */
  synchronized String look() {
    try {
      long begun = ticker.nanos();
      Map<String, Listing> now = source.look(listings);
      follow(entries(listings), entries(now), begun);
      listings = now;
      lastSeconds = ticker.now().getEpochSecond();
      return "";
    } catch (IOException | RuntimeException e) {
      errors.increment();
      log.atWarn()
          .setMessage("approval_scan_failed")
          .addKeyValue("component", "tracker/hook")
          .addKeyValue("hook", hook)
          .addKeyValue("err", String.valueOf(e.getMessage()))
          .log();
      return String.valueOf(e.getMessage());
    }
  }

  private static Map<Bytes, Bytes> entries(Map<String, Listing> listings) {
    Map<Bytes, Bytes> all = new HashMap<>();
    listings.values().forEach(listing -> all.putAll(listing.entries()));
    return all;
  }

  private void follow(Map<Bytes, Bytes> before, Map<Bytes, Bytes> now, long begun) {
    Set<Bytes> gone = new HashSet<>(before.keySet());
    gone.removeAll(now.keySet());
    Map<Bytes, Bytes> added = new HashMap<>(now);
    added.entrySet().removeAll(before.entrySet());
    size = now.size();
    if (added.isEmpty() && gone.isEmpty()) {
      return;
    }
    store.put(context, added).toCompletableFuture().join();
    store.delete(context, gone).toCompletableFuture().join();
    log.atInfo()
        .setMessage("approval_scan")
        .addKeyValue("component", "tracker/hook")
        .addKeyValue("hook", hook)
        .addKeyValue("added", added.size())
        .addKeyValue("removed", gone.size())
        .addKeyValue("took_ms", TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - begun))
        .log();
  }

  @Override
  public void collect(MetricSink sink) {
    sink.sample(Metric.TRACKER_APPROVAL_HASHES, size, hook);
    sink.sample(Metric.TRACKER_APPROVAL_LAST_SCAN_TIMESTAMP_SECONDS, (double) lastSeconds, hook);
  }
}
