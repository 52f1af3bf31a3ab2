package dev.gatehouse.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.tracker.RequestCounts.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestCountsTest {

  private final EventCounters counters = new EventCounters();

  @Test
  void listenersFamiliesAndOutcomesAreSummed() {
    count("a", "udp", "announce", "IPv4", "", 3);
    count("b", "udp", "announce", "IPv6", "", 2);
    count("a", "udp", "announce", "IPv4", "invalid port", 1);
    count("a", "http", "scrape", "IPv4", "", 0);
    count("a", "http", "scrape", "IPv4", "invalid port", 4);
    count("a", "http", "scrape", "IPv4", "unheard of", 0);
    counters.counter(Metric.TRACKER_HOOK_REFUSALS, "jwt", "pre").add(9);
    RequestCounts counts = RequestCounts.of(counters);
    assertThat(counts.kinds())
        .containsExactly(new Kind("http", "scrape", 4), new Kind("udp", "announce", 6));
    assertThat(counts.errors()).isEqualTo(Map.of("invalid port", 5L));
  }

  private void count(
      String listener, String protocol, String action, String family, String error, long count) {
    counters.counter(Metric.TRACKER_REQUESTS, listener, protocol, action, family, error).add(count);
  }
}
