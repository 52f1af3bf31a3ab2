package dev.gatehouse.tracker.udp;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import java.util.concurrent.atomic.LongAdder;

/** Counts datagrams that get no answer. */
@SuppressWarnings("EnumOrdinal") // arrays, since this is counted for each request
final class UdpDrops {

  /** Why there is none. */
  enum Reason {
    MALFORMED("malformed packet"),
    BAD_MAGIC("bad magic"),
    BAD_CONNECTION_ID("bad connection ID"),
    RATE_LIMIT("rate limit"),
    OVERLOAD("overload");

    private final String label;

    Reason(String label) {
      this.label = label;
    }
  }

  private final LongAdder[] counters = new LongAdder[Reason.values().length];

  UdpDrops(EventCounters all) {
    for (Reason reason : Reason.values()) {
      counters[reason.ordinal()] = all.counter(Metric.TRACKER_DROPPED, "udp", reason.label);
    }
  }

  void count(Reason reason) {
    counters[reason.ordinal()].increment();
  }
}
