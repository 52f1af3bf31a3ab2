package dev.gatehouse.relay.outbox;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes may wait for phones: for each, and for all together before each may have only a
 * part of its own.
 */
public final class OutboxBudget {

  /** What is left to a phone while all together have too much: enough for one that reads. */
  private static final int SHORTENED = 16;

  private final AtomicLong charged = new AtomicLong();
  private volatile long each;
  private volatile long total;

  public OutboxBudget(long each, long total) {
    this.each = each;
    this.total = total;
  }

  /** Sets other bounds for what is added from now on. */
  public void change(long newEach, long newTotal) {
    each = newEach;
    total = newTotal;
  }

  /** What is charged to all phones. */
  public long charged() {
    return charged.get();
  }

  /** What all phones may be charged before the bound of each shrinks. */
  public long total() {
    return total;
  }

  /** The bound of one phone at this moment. */
  long inForce() {
    long bound = each;
    return charged.get() > total ? bound / SHORTENED : bound;
  }

  void charge(long bytes) {
    charged.addAndGet(bytes);
  }

  void discharge(long bytes) {
    charged.addAndGet(-bytes);
  }
}
