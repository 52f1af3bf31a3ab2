package dev.gatehouse.relay.log;

import dev.gatehouse.relay.limit.TokenBuckets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/** Lets some lines of an event through and counts the others: strangers choose how many come. */
final class Sampling {

  private static final int BURST = 20;
  private static final Duration REFILL = Duration.ofMillis(100);

  /** More than there are events. */
  private static final int EVENTS = 64;

  private final TokenBuckets<String> budget;
  private final Map<String, LongAdder> suppressed = new ConcurrentHashMap<>();

  Sampling(long nowNanos) {
    budget = new TokenBuckets<>(BURST, REFILL, EVENTS, nowNanos);
  }

  boolean passes(String event, long nowNanos) {
    if (budget.tryTake(event, nowNanos) == 0) {
      return true;
    }
    suppressed.computeIfAbsent(event, first -> new LongAdder()).increment();
    return false;
  }

  /** Tells each event of which lines were held back since the last time. */
  void drain(ObjLongConsumer<String> told) {
    suppressed.forEach(
        (event, count) -> {
          long sum = count.sumThenReset();
          if (sum > 0) {
            told.accept(event, sum);
          }
        });
  }
}
