package dev.gatehouse.net.accesslog;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each event, on a thread of its own.
 *
 * <p>Loops hand over events without waiting, not even for each other: a queue without a lock, a
 * count that bounds it, and a call to the writer only by whoever finds the queue empty. What does
 * not fit is lost and counted, since a log that is written too slowly must not slow what it tells.
 */
public final class AccessLog implements Part {

  /** What a burst may leave for the writer; some megabytes at most. */
  static final int CAPACITY = 8192;

  private static final Logger LINES = LoggerFactory.getLogger("gatehouse.access");
  private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

  private final Duration closeTimeout;
  private final LongAdder dropped;
  private final Queue<AccessEvent> events = new ConcurrentLinkedQueue<>();

  /** Events offered and not yet written; raised before one enters the queue. */
  private final AtomicInteger pending = new AtomicInteger();

  private volatile boolean closing;
  private volatile @Nullable Thread writer;
  private boolean failureTold;

  /** A log that keeps what is offered until it starts; {@code closeTimeout} is for the rest. */
  public AccessLog(Duration closeTimeout, EventCounters counters) {
    this.closeTimeout = closeTimeout;
    this.dropped = counters.counter(Metric.ACCESS_LOG_DROPPED);
  }

  @Override
  public String name() {
    return "access log";
  }

  @Override
  public void start() {
    writer = Thread.ofPlatform().daemon().name("access-log").start(this::write);
  }

  /** Hands an event over, from any thread and without waiting. */
  public void offer(AccessEvent event) {
    if (!LINES.isInfoEnabled()) {
      return;
    }
    int before = pending.getAndIncrement();
    if (before >= CAPACITY) {
      pending.decrementAndGet();
      dropped.increment();
      return;
    }
    events.add(event);
    if (before == 0) {
      LockSupport.unpark(writer);
    }
  }

  /**
   * Writes what was offered before.
   *
   * @throws TimeoutException if the log takes its lines too slowly for that
   */
  @Override
  public void close() throws InterruptedException, TimeoutException {
    closing = true;
    Thread running = writer;
    if (running == null) {
      return;
    }
    LockSupport.unpark(running);
    if (!running.join(closeTimeout)) {
      throw new TimeoutException("access log: " + pending.get() + " lines were not written");
    }
  }

  /** A stray wake-up costs a look at an empty queue; a missed one cannot be, see {@link #offer}. */
  private void write() {
    while (true) {
      boolean last = closing;
      writeAll();
      if (last) {
        return;
      }
      if (!closing) {
        LockSupport.park(this);
      }
    }
  }

  private void writeAll() {
    for (AccessEvent next = events.poll(); next != null; next = events.poll()) {
      write(next);
      pending.decrementAndGet();
    }
  }

  /** An event that breaks is a bug of ours: its line is lost, the others are not. */
  private void write(AccessEvent event) {
    try {
      new AccessLine(LINES.atInfo()).log(event);
    } catch (RuntimeException e) {
      dropped.increment();
      if (!failureTold) {
        failureTold = true;
        log.atError().setMessage("access_log_failed").setCause(e).log();
      }
    }
  }
}
