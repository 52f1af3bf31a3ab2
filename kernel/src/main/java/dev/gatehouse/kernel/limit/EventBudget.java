package dev.gatehouse.kernel.limit;

import java.time.Duration;

/**
 * Lets a number of events pass in each window of time and counts the rest, so that a storm of log
 * lines becomes some lines and one number.
 *
 * <p>A window begins with the first event after the last one ended. Any thread may ask.
 */
public final class EventBudget {

  private final int limit;
  private final long windowNanos;

  private boolean open;
  private long openedNanos;
  private int passed;
  private long surplus;

  public EventBudget(int limit, Duration window) {
    if (limit < 1 || !window.isPositive()) {
      throw new IllegalArgumentException(
          "budget: " + limit + " in " + window + " (expected: both above 0)");
    }
    this.limit = limit;
    this.windowNanos = window.toNanos();
  }

  /** Whether this event may pass; one that may not is counted. */
  public synchronized boolean tryTake(long nowNanos) {
    if (!open || isOver(nowNanos)) {
      open = true;
      openedNanos = nowNanos;
      passed = 0;
    }
    if (passed == limit) {
      surplus++;
      return false;
    }
    passed++;
    return true;
  }

  /**
   * The events held back in windows that are over, each told once; 0 while a window is open.
   *
   * <p>Asked before {@link #tryTake}, and at the end of a storm by whoever has a timer.
   */
  public synchronized long takeSurplus(long nowNanos) {
    if (!open || !isOver(nowNanos)) {
      return 0;
    }
    long told = surplus;
    surplus = 0;
    return told;
  }

  private boolean isOver(long nowNanos) {
    return nowNanos - openedNanos >= windowNanos;
  }
}
