package dev.gatehouse.watch.notice;

import java.util.concurrent.TimeUnit;

/** A condition that is told when it begins, once an hour while it lasts, and when it ends. */
public final class Lasting {

  static final long REPEAT_NANOS = TimeUnit.HOURS.toNanos(1);

  /** What an update says about telling. */
  public enum Turn {
    BEGAN,
    STILL,
    ENDED,
    QUIET;

    /** Whether the condition is there and worth a line now. */
    public boolean isTold() {
      return this == BEGAN || this == STILL;
    }
  }

  private boolean active;
  private long toldNanos;

  /** What to tell of the condition's present state. */
  public Turn update(boolean isActive, long nowNanos) {
    boolean was = active;
    active = isActive;
    if (!isActive) {
      return was ? Turn.ENDED : Turn.QUIET;
    }
    if (was && nowNanos - toldNanos < REPEAT_NANOS) {
      return Turn.QUIET;
    }
    toldNanos = nowNanos;
    return was ? Turn.STILL : Turn.BEGAN;
  }
}
