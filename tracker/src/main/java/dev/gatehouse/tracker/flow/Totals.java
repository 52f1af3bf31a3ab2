package dev.gatehouse.tracker.flow;

import java.util.concurrent.atomic.LongAdder;

/** How many requests there were over all listeners, whatever became of them. */
public final class Totals {

  private final LongAdder announces = new LongAdder();
  private final LongAdder scrapes = new LongAdder();

  void announce() {
    announces.increment();
  }

  void scrape() {
    scrapes.increment();
  }

  public long announces() {
    return announces.sum();
  }

  public long scrapes() {
    return scrapes.sum();
  }
}
