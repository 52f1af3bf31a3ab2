package dev.gatehouse.tracker.flow;

import java.util.concurrent.atomic.LongAdder;

/** How many requests there were over all listeners, whatever became of them. */
public final class Totals {

  private final LongAdder announces = new LongAdder();
  private final LongAdder scrapes = new LongAdder();
  private final LongAdder throttled = new LongAdder();

  void announce() {
    announces.increment();
  }

  void scrape() {
    scrapes.increment();
  }

  void throttle() {
    throttled.increment();
  }

  /** How many of them were beyond the limit of one address. */
  public long throttled() {
    return throttled.sum();
  }

  public long announces() {
    return announces.sum();
  }

  public long scrapes() {
    return scrapes.sum();
  }
}
