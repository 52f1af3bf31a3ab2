package dev.gatehouse.proxy.hello;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the hellos of one listener. */
public final class HelloCounters {

  private final Map<HelloOutcome, LongAdder> outcomes = new EnumMap<>(HelloOutcome.class);
  private final Histogram sizes;

  /**
   * @param listener the word for it in metrics
   */
  public HelloCounters(String listener, EventCounters counters) {
    for (HelloOutcome outcome : HelloOutcome.values()) {
      outcomes.put(outcome, counters.counter(Metric.PROXY_HELLO, listener, outcome.label()));
    }
    sizes = counters.histogram(Metric.PROXY_HELLO_SIZE_BYTES, listener);
  }

  void count(HelloOutcome outcome) {
    Objects.requireNonNull(outcomes.get(outcome)).increment();
  }

  void read(HelloOutcome outcome, int bytes) {
    count(outcome);
    sizes.record(bytes);
  }
}
