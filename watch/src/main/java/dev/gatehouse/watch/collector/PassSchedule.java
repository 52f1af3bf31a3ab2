package dev.gatehouse.watch.collector;

import java.time.Duration;

/**
 * When a pass is due: at its interval, but not while nobody has read its result for long.
 *
 * <p>Counts as read when it is made, so that the first reader finds a result. Whoever uses it holds
 * the lock of the clock.
 */
final class PassSchedule {

  static final long NEVER = Long.MAX_VALUE;

  /** For how long an unread pass goes on. */
  static final Duration PAUSE_AFTER = Duration.ofMinutes(5);

  private long readNanos;
  private long begunNanos;
  private boolean wanted = true;
  private long finishedRuns;

  PassSchedule(long nowNanos) {
    readNanos = nowNanos;
  }

  /** Notes a reader; true if the result is missing or too old for it, and a run is under way. */
  boolean read(long nowNanos) {
    wanted |= isPaused(nowNanos);
    readNanos = nowNanos;
    return wanted;
  }

  /** Time until the next run, {@link #NEVER} while paused or off. */
  long nanosUntilDue(long nowNanos, Duration interval) {
    if (interval.isZero()) {
      return NEVER;
    }
    if (wanted) {
      return 0;
    }
    return isPaused(nowNanos) ? NEVER : Math.max(0, begunNanos + interval.toNanos() - nowNanos);
  }

  void begin(long nowNanos) {
    begunNanos = nowNanos;
  }

  void end() {
    wanted = false;
    finishedRuns++;
  }

  long finishedRuns() {
    return finishedRuns;
  }

  private boolean isPaused(long nowNanos) {
    return nowNanos - readNanos > PAUSE_AFTER.toNanos();
  }
}
