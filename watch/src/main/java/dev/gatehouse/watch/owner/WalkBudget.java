package dev.gatehouse.watch.owner;

import java.util.concurrent.TimeUnit;

/** Keeps walks over descriptors below a share of one core: a long walk earns a long pause. */
final class WalkBudget {

  static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private boolean walked;
  private long endNanos;
  private long pauseNanos;

  boolean allows(long nowNanos) {
    return !walked || nowNanos - endNanos >= pauseNanos;
  }

  void spent(long tookNanos, double share, long nowNanos) {
    walked = true;
    endNanos = nowNanos;
    pauseNanos = Math.min(MAX_PAUSE_NANOS, (long) (tookNanos / share));
  }
}
