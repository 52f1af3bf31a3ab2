package dev.gatehouse.watch.scan;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A kind of work with a clock of its own; its state belongs to the lock of {@link ScanThread}.
 *
 * <p>An interval of zero means: only when somebody asks. A pass that pauses stops when nobody has
 * read its result for a while.
 */
final class Pass {

  static final long PAUSE_AFTER_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final String collector;
  private final Supplier<Duration> interval;
  private final boolean pauses;
  private final Runnable work;

  private boolean started;
  private long startedNanos;
  private boolean wasRead;
  private long readNanos;
  private boolean requested;
  private boolean running;
  private long completed;

  Pass(String collector, Supplier<Duration> interval, boolean pauses, Runnable work) {
    this.collector = collector;
    this.interval = interval;
    this.pauses = pauses;
    this.work = work;
  }

  String collector() {
    return collector;
  }

  Runnable work() {
    return work;
  }

  long completed() {
    return completed;
  }

  /** Notes a reader; whether the pass had stopped for want of one. */
  boolean read(long nowNanos) {
    boolean wasPaused = isPaused(nowNanos);
    wasRead = true;
    readNanos = nowNanos;
    return wasPaused;
  }

  /** Whoever asks while the work is done takes part in that. */
  void request() {
    requested = !running;
  }

  /** Nanoseconds until the work is due; {@link Long#MAX_VALUE} if only a request makes it so. */
  long dueIn(long nowNanos) {
    if (requested) {
      return 0;
    }
    long intervalNanos = interval.get().toNanos();
    if (intervalNanos == 0 || isPaused(nowNanos)) {
      return Long.MAX_VALUE;
    }
    return started ? Math.max(0, intervalNanos - (nowNanos - startedNanos)) : 0;
  }

  private boolean isPaused(long nowNanos) {
    return pauses && (!wasRead || nowNanos - readNanos >= PAUSE_AFTER_NANOS);
  }

  void begin(long nowNanos) {
    requested = false;
    running = true;
    started = true;
    startedNanos = nowNanos;
  }

  void end() {
    running = false;
    completed++;
  }
}
