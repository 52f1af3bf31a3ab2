package dev.gatehouse.kernel.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventCountersTest {

  private final EventCounters counters = new EventCounters();

  @Test
  void aCounterIsThereAtZeroFromTheStart() {
    counters.counter(Metric.FIREWALL_BLOCKED, "cidr");
    assertThat(samples()).containsExactly(Map.entry("FIREWALL_BLOCKED[cidr]", 0.0));
  }

  @Test
  void countsEachCombinationOfLabelsByItself() {
    counters.counter(Metric.OPS_REQUESTS, "metrics", "200").add(3);
    counters.counter(Metric.OPS_REQUESTS, "metrics", "503").increment();
    counters.counter(Metric.NETSTAT_SCAN_TIMEOUTS).increment();
    assertThat(samples())
        .containsExactly(
            Map.entry("NETSTAT_SCAN_TIMEOUTS[]", 1.0),
            Map.entry("OPS_REQUESTS[metrics, 200]", 3.0),
            Map.entry("OPS_REQUESTS[metrics, 503]", 1.0));
  }

  @Test
  void whoeverAsksAgainGetsTheSameCounter() {
    assertThat(counters.counter(Metric.FIREWALL_BLOCKED, "ip"))
        .isSameAs(counters.counter(Metric.FIREWALL_BLOCKED, "ip"))
        .isNotSameAs(counters.counter(Metric.FIREWALL_BLOCKED, "country"));
  }

  @Test
  void refusesAnotherNumberOfLabels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counters.counter(Metric.OPS_REQUESTS, "metrics"))
        .withMessage("OPS_REQUESTS: labels [metrics] (expected: [path, code])");
  }

  private Map<String, Double> samples() {
    Map<String, Double> samples = new TreeMap<>();
    counters.collect(
        (metric, value, labels) -> samples.put(metric + List.of(labels).toString(), value));
    return samples;
  }
}
