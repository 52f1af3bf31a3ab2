package dev.gatehouse.kernel.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  @Test
  void aHistogramIsThereFromTheStartAndGivesItsCountToASinkOfSingleValues() {
    Histogram sizes = counters.histogram(Metric.PROXY_HELLO_SIZE_BYTES, "a");
    assertThat(samples()).containsExactly(Map.entry("PROXY_HELLO_SIZE_BYTES[a]", 0.0));
    sizes.record(517);
    sizes.record(1_800);
    assertThat(samples()).containsExactly(Map.entry("PROXY_HELLO_SIZE_BYTES[a]", 2.0));
  }

  @Test
  void whoeverAsksAgainGetsTheSameHistogram() {
    assertThat(counters.histogram(Metric.PROXY_HELLO_SIZE_BYTES, "a"))
        .isSameAs(counters.histogram(Metric.PROXY_HELLO_SIZE_BYTES, "a"))
        .isNotSameAs(counters.histogram(Metric.PROXY_HELLO_SIZE_BYTES, "b"));
  }

  @Test
  void aSilentHistogramIsNotShownAndTheOthersAre() {
    EventCounters quiet = new EventCounters(Set.of(Metric.PROXY_REQUEST_DURATION_SECONDS));
    quiet.histogram(Metric.PROXY_REQUEST_DURATION_SECONDS, "[::]:443", "a.example").record(1);
    quiet.histogram(Metric.PROXY_DIAL_DURATION_SECONDS, "[::]:443", "a.example").record(1);
    List<Metric> shown = new ArrayList<>();
    quiet.collect((metric, _, _) -> shown.add(metric));
    assertThat(shown).containsExactly(Metric.PROXY_DIAL_DURATION_SECONDS);
  }

  @Test
  void forgetsWhatIsGone() {
    EventCounters counters = new EventCounters();
    counters.counter(Metric.PROXY_BYTES, "[::]:443", "a.example", "from_client").increment();
    counters.counter(Metric.PROXY_BYTES, "[::]:443", "b.example", "from_client").increment();
    counters.counter(Metric.PROXY_BYTES, "[::]:444", "a.example", "from_client").increment();
    counters.counter(Metric.ACCESS_LOG_DROPPED).increment();
    counters.histogram(Metric.PROXY_DIAL_DURATION_SECONDS, "[::]:443", "a.example").record(1);
    counters.forget(Map.of("listener", "[::]:443", "route", "a.example"));
    List<String> left = new ArrayList<>();
    counters.collect((metric, value, labels) -> left.add(metric + String.join(" ", labels)));
    assertThat(left)
        .containsExactlyInAnyOrder(
            Metric.PROXY_BYTES + "[::]:443 b.example from_client",
            Metric.PROXY_BYTES + "[::]:444 a.example from_client",
            Metric.ACCESS_LOG_DROPPED.toString());
  }

  @Test
  void refusesAHistogramOfAMetricThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counters.histogram(Metric.FIREWALL_BLOCKED, "ip"))
        .withMessage("FIREWALL_BLOCKED: COUNTER (expected: HISTOGRAM)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counters.histogram(Metric.PROXY_HELLO_SIZE_BYTES))
        .withMessage("PROXY_HELLO_SIZE_BYTES: labels [] (expected: [listener])");
  }

  private Map<String, Double> samples() {
    Map<String, Double> samples = new TreeMap<>();
    counters.collect(
        (metric, value, labels) -> samples.put(metric + List.of(labels).toString(), value));
    return samples;
  }
}
