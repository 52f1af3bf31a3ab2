package dev.gatehouse.watch.collector;

import dev.gatehouse.kernel.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs passes one after another on one platform thread, each at its interval, and lets readers wait
 * for a result that is missing.
 *
 * <p>The lock guards the schedules and is never held during a run. A platform thread, since a call
 * into the kernel would hold the carrier of a virtual one.
 */
public final class PassClock implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private record Scheduled(Pass pass, PassSchedule schedule) {}

  private final String name;
  private final Ticker ticker;
  private final CollectorTimings timings;
  private final List<Scheduled> passes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final Condition finished = lock.newCondition();
  private @Nullable Thread thread;

  /** A clock that stands still until {@link #start}. */
  public PassClock(String name, Ticker ticker, CollectorTimings timings, List<Pass> passes) {
    this.name = name;
    this.ticker = ticker;
    this.timings = timings;
    this.passes =
        passes.stream().map(p -> new Scheduled(p, new PassSchedule(ticker.nanos()))).toList();
  }

  /** Starts the thread, which begins with a run of every pass. */
  public void start() {
    lock.lock();
    try {
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name(name).start(this::loop);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Notes that all results are being read, and waits for those that are missing or very old. */
  public void read(Duration maxWait) {
    lock.lock();
    try {
      long[] awaited = passes.stream().mapToLong(this::runsToAwait).toArray();
      woken.signal();
      long left = maxWait.toNanos();
      while (thread != null && left > 0 && isAwaited(awaited)) {
        left = finished.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Has changed intervals take effect now. */
  public void wake() {
    lock.lock();
    try {
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Stops the thread; a run that does not end is left behind on its daemon thread. */
  @Override
  public void close() {
    Thread stopped = detach();
    if (stopped == null) {
      return;
    }
    stopped.interrupt();
    try {
      stopped.join(STOP_TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Thread detach() {
    lock.lock();
    try {
      Thread running = thread;
      thread = null;
      finished.signalAll();
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** Runs what is due, on the caller's thread. */
  void runDue() {
    for (Scheduled scheduled : passes) {
      if (begin(scheduled)) {
        timings.run(scheduled.pass().collector(), scheduled.pass().work());
        end(scheduled);
      }
    }
  }

  private void loop() {
    try {
      while (awaitDue()) {
        runDue();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until something is due; false if the clock was stopped. */
  private boolean awaitDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanosUntilNext();
      while (left > 0 && isRunning()) {
        woken.awaitNanos(left);
        left = nanosUntilNext();
      }
      return isRunning();
    } finally {
      lock.unlock();
    }
  }

  private boolean begin(Scheduled scheduled) {
    lock.lock();
    try {
      boolean due = nanosUntilDue(scheduled) == 0;
      if (due) {
        scheduled.schedule().begin(ticker.nanos());
      }
      return due;
    } finally {
      lock.unlock();
    }
  }

  private void end(Scheduled scheduled) {
    lock.lock();
    try {
      scheduled.schedule().end();
      finished.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isRunning() {
    return Thread.currentThread().equals(thread);
  }

  private long nanosUntilNext() {
    return passes.stream().mapToLong(this::nanosUntilDue).min().orElse(PassSchedule.NEVER);
  }

  private long nanosUntilDue(Scheduled scheduled) {
    return scheduled.schedule().nanosUntilDue(ticker.nanos(), scheduled.pass().interval().get());
  }

  /** The number of runs after which a pass is fresh enough for a reader of now. */
  private long runsToAwait(Scheduled scheduled) {
    PassSchedule schedule = scheduled.schedule();
    boolean stale = schedule.read(ticker.nanos()) && !scheduled.pass().interval().get().isZero();
    return stale ? schedule.finishedRuns() + 1 : 0;
  }

  private boolean isAwaited(long[] runs) {
    for (int i = 0; i < runs.length; i++) {
      if (passes.get(i).schedule().finishedRuns() < runs[i]) {
        return true;
      }
    }
    return false;
  }
}
