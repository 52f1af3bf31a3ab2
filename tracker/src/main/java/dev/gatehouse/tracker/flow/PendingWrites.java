package dev.gatehouse.tracker.flow;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests wait for what follows their answer, and the most that may. One that is given up
 * does no harm: its client comes again.
 */
public final class PendingWrites implements MetricSource {

  private final AtomicInteger pending = new AtomicInteger();
  private volatile int most;
  private final LongAdder dropped;

  public PendingWrites(int most, EventCounters counters) {
    this.most = most;
    dropped = counters.counter(Metric.TRACKER_WRITES_DROPPED);
  }

  /** Sets another limit; what is under way goes on. */
  public void most(int next) {
    most = next;
  }

  /** How many were given up so far. */
  public long dropped() {
    return dropped.sum();
  }

  /** Whether another one may begin; one that may not is counted. A few too many pass at once. */
  boolean hasRoom() {
    boolean room = pending.get() < most;
    if (!room) {
      dropped.increment();
    }
    return room;
  }

  void begin() {
    pending.incrementAndGet();
  }

  void end() {
    pending.decrementAndGet();
  }

  @Override
  public void collect(MetricSink sink) {
    sink.sample(Metric.TRACKER_PENDING_WRITES, pending.get());
  }
}
