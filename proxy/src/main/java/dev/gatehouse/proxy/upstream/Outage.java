package dev.gatehouse.proxy.upstream;

import java.time.Duration;

/**
 * Failed dials in a row, and until when the backend is left alone.
 *
 * @param tried whether somebody is finding out if it is over
 */
record Outage(int failures, long untilNanos, boolean tried) {

  private static final long FIRST_BACK_OFF_NANOS = Duration.ofSeconds(1).toNanos();
  static final long LONGEST_BACK_OFF_NANOS = Duration.ofSeconds(60).toNanos();

  /** How long one connection has to find out before the next one may; most dials end earlier. */
  private static final long TRIAL_NANOS = Duration.ofSeconds(5).toNanos();

  /** 2^6 seconds are more than the longest back-off. */
  private static final int LAST_DOUBLING = 6;

  static Outage first(long nowNanos) {
    return of(1, nowNanos);
  }

  Outage longer(long nowNanos) {
    return of(Math.min(failures, LAST_DOUBLING) + 1, nowNanos);
  }

  Outage trial(long nowNanos) {
    return new Outage(failures, nowNanos + TRIAL_NANOS, true);
  }

  boolean isOver(long nowNanos) {
    return nowNanos - untilNanos >= 0;
  }

  private static Outage of(int failures, long nowNanos) {
    long backOff = FIRST_BACK_OFF_NANOS << (failures - 1);
    return new Outage(failures, nowNanos + Math.min(backOff, LONGEST_BACK_OFF_NANOS), false);
  }
}
