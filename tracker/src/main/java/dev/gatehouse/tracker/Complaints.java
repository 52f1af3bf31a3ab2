package dev.gatehouse.tracker;

import dev.gatehouse.kernel.lifecycle.Part;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once a minute what happens too often to be said each time: a limit was met, so many times.
 */
final class Complaints implements Part {

  private static final Logger log = LoggerFactory.getLogger(Complaints.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Map<String, LongSupplier> counts;
  private final Map<String, Long> told = new HashMap<>();
  private @Nullable ScheduledExecutorService thread;

  /**
   * @param counts what is counted since the start, by the event that tells of it
   */
  Complaints(Map<String, LongSupplier> counts) {
    this.counts = Map.copyOf(counts);
  }

  @Override
  public String name() {
    return "tracker complaints";
  }

  @Override
  public void start() {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("tracker-complaints").factory());
    thread.scheduleWithFixedDelay(
        this::tell, PERIOD.toNanos(), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Says what has come since the last time. */
  synchronized void tell() {
    counts.forEach(
        (event, count) -> {
          long now = count.getAsLong();
          long since = now - told.getOrDefault(event, 0L);
          told.put(event, now);
          if (since > 0) {
            log.atWarn()
                .setMessage(event)
                .addKeyValue("component", "tracker")
                .addKeyValue("count", since)
                .log();
          }
        });
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
