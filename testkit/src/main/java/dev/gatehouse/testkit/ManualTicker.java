package dev.gatehouse.testkit;

import dev.gatehouse.kernel.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands until a test moves it.
 *
 * <p>It begins shortly before its nanoseconds wrap, so that code which compares them instead of
 * subtracting fails.
 */
public final class ManualTicker implements Ticker {

  private static final long START_NANOS = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  private final Instant start;
  private final AtomicLong elapsedNanos = new AtomicLong();

  /** Wall time begins with the year 2030. */
  public ManualTicker() {
    this(Instant.parse("2030-01-01T00:00:00Z"));
  }

  public ManualTicker(Instant start) {
    this.start = start;
  }

  /** Moves both clocks. */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time: " + time + " (expected: forward)");
    }
    elapsedNanos.addAndGet(time.toNanos());
  }

  @Override
  public long nanos() {
    return START_NANOS + elapsedNanos.get();
  }

  @Override
  public Instant now() {
    return start.plusNanos(elapsedNanos.get());
  }
}
