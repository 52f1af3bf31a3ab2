package dev.gatehouse.tracker;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.flow.Totals;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many requests came in each second of the last while. */
final class Rates implements Part {

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Totals totals;
  private final Duration period;
  private final Ticker ticker;
  private @Nullable ScheduledExecutorService thread;
  private long lookedNanos;
  private long announces;
  private long scrapes;
  private volatile Rate rate = new Rate(0, 0);

  /** Requests a second. */
  record Rate(double announces, double scrapes) {}

  /**
   * @param period how long the while is; zero for no rates
   */
  Rates(Totals totals, Duration period, Ticker ticker) {
    this.totals = totals;
    this.period = period;
    this.ticker = ticker;
    lookedNanos = ticker.nanos();
  }

  @Override
  public String name() {
    return "tracker rates";
  }

  @Override
  public void start() {
    if (period.isPositive()) {
      thread =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofVirtual().name("tracker-rates").factory());
      thread.scheduleWithFixedDelay(
          this::look, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  synchronized void look() {
    long now = ticker.nanos();
    double seconds = (now - lookedNanos) / NANOS_PER_SECOND;
    if (seconds > 0) {
      rate =
          new Rate(
              (totals.announces() - announces) / seconds, (totals.scrapes() - scrapes) / seconds);
    }
    lookedNanos = now;
    announces = totals.announces();
    scrapes = totals.scrapes();
  }

  Rate rate() {
    return rate;
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
