package dev.gatehouse.watch.scan;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.watch.notice.Lasting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that makes every call to the kernel's tables.
 *
 * <p>A platform thread, since a native call that blocks would pin a virtual one to its carrier.
 * Work is done for its clock or for whoever asks; all who ask while it is done share it. A bug in
 * one kind of work is counted and told, and ends neither the thread nor the other kinds.
 */
final class ScanThread implements MetricSource {

  private static final Logger LOG = LoggerFactory.getLogger(ScanThread.class);
  private static final String NAME = "watch-scan";

  private final Ticker ticker;
  private final EventCounters counters;
  private final List<Pass> passes;
  private final Map<String, Double> lastSeconds = new ConcurrentHashMap<>();
  private final Map<String, Lasting> panics = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Thread thread;
  private boolean closed;

  /** Earlier passes go first when several are due. */
  ScanThread(Ticker ticker, EventCounters counters, List<Pass> passes) {
    this.ticker = ticker;
    this.counters = counters;
    this.passes = List.copyOf(passes);
    for (Pass pass : passes) {
      counters.counter(Metric.COLLECTOR_SCRAPE_PANICS, pass.collector());
      panics.put(pass.collector(), new Lasting());
    }
  }

  void start() {
    lock.lock();
    try {
      thread = Thread.ofPlatform().name(NAME).daemon(true).start(this::run);
    } finally {
      lock.unlock();
    }
  }

  boolean isStarted() {
    lock.lock();
    try {
      return thread != null;
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the work at hand; waits for that at most so long. */
  void close(Duration patience) throws InterruptedException {
    Thread running;
    lock.lock();
    try {
      closed = true;
      running = thread;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (running != null) {
      running.join(patience);
    }
  }

  /** Looks at the clock again, after it or an interval was changed. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Notes a reader of the pass; whether it had stopped for want of one. */
  boolean read(Pass pass) {
    lock.lock();
    try {
      return pass.read(ticker.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** Has the work done, or takes part in what is being done; false if it did not end in time. */
  boolean await(Pass pass, Duration patience) {
    lock.lock();
    try {
      if (closed || thread == null) {
        return false;
      }
      long target = pass.completed() + 1;
      pass.request();
      changed.signalAll();
      return await(pass, target, patience.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean await(Pass pass, long target, long patienceNanos) throws InterruptedException {
    long left = patienceNanos;
    while (pass.completed() < target) {
      if (left <= 0 || closed) {
        return false;
      }
      left = changed.awaitNanos(left);
    }
    return true;
  }

  private void run() {
    lock.lock();
    try {
      while (!closed) {
        long now = ticker.nanos();
        Pass next = soonest(now);
        long dueIn = next.dueIn(now);
        if (dueIn > 0) {
          long nanosLeft = changed.awaitNanos(Math.min(dueIn, TimeUnit.HOURS.toNanos(1)));
          assert nanosLeft <= dueIn;
        } else {
          work(next, now);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private Pass soonest(long now) {
    Pass soonest = passes.getFirst();
    for (Pass pass : passes) {
      if (pass.dueIn(now) < soonest.dueIn(now)) {
        soonest = pass;
      }
    }
    return soonest;
  }

  /** The lock is held, except while the work itself is done. */
  private void work(Pass pass, long now) {
    pass.begin(now);
    lock.unlock();
    try {
      guarded(pass, now);
    } finally {
      lock.lock();
      pass.end();
      changed.signalAll();
    }
  }

  private void guarded(Pass pass, long now) {
    Lasting panic = panics.getOrDefault(pass.collector(), new Lasting());
    try {
      pass.work().run();
      panic.update(false, now);
    } catch (RuntimeException bug) {
      counters.counter(Metric.COLLECTOR_SCRAPE_PANICS, pass.collector()).increment();
      if (panic.update(true, now).isTold()) {
        LOG.atError()
            .setMessage("collector_failed")
            .addKeyValue("collector", pass.collector())
            .addKeyValue("reason", bug.toString())
            .setCause(bug)
            .log();
      }
    }
    lastSeconds.put(pass.collector(), (ticker.nanos() - now) / 1e9);
  }

  @Override
  public void collect(MetricSink sink) {
    lastSeconds.forEach(
        (collector, seconds) ->
            sink.sample(Metric.COLLECTOR_SCRAPE_DURATION_SECONDS, seconds, collector));
  }
}
