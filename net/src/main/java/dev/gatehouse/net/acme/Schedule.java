package dev.gatehouse.net.acme;

import java.time.Duration;
import java.time.Instant;

/**
 * When the next certificate is to be ordered: at once without one, when less than a third of its
 * time is left with one, and ever less often while orders fail.
 *
 * @param due from when on
 * @param failures orders in a row that brought nothing
 */
record Schedule(Instant due, int failures) {

  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofHours(1);

  /** Doublings after which the longest retry is reached anyway. */
  private static final int MOST_DOUBLINGS = 6;

  /** Renewals of many hosts that began together are spread over this time. */
  static final Duration SPREAD = Duration.ofHours(1);

  private static final int PARTS = 3;

  /** For want of a certificate. */
  static Schedule atOnce(Instant now) {
    return new Schedule(now, 0);
  }

  /**
   * For a certificate that is in use.
   *
   * @param chance between 0 and 1, which of the moments of the spread it becomes
   */
  static Schedule renewing(Instant notBefore, Instant notAfter, double chance) {
    Duration last = Duration.between(notBefore, notAfter).dividedBy(PARTS);
    Duration later = Duration.ofMillis((long) (SPREAD.toMillis() * chance));
    return new Schedule(notAfter.minus(last).plus(later), 0);
  }

  /** An order has failed. */
  Schedule failed(Instant now) {
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return new Schedule(
        now.plus(wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY), failures + 1);
  }

  boolean isDue(Instant now) {
    return !now.isBefore(due);
  }
}
