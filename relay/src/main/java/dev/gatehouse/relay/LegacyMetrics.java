package dev.gatehouse.relay;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.relay.view.TotalsView;
import java.util.List;

/**
 * The first families once more, under the names that the predecessor gave them and with exactly its
 * series: what it did not tell apart, its dashboards do not expect.
 */
final class LegacyMetrics {

  private static final List<String> ENDPOINTS = List.of("server", "client");
  private static final List<String> OUTCOMES =
      List.of(
          "accept",
          "reject_headers",
          "reject_409",
          "reject_404",
          "reject_429",
          "reject_rate_limit");
  private static final List<String> KINDS =
      List.of("no_server", "server_in_use", "phones_at_cap", "ratelimit");
  private static final List<String> DIRECTIONS = List.of("phone_to_binary", "binary_to_phone");
  private static final List<String> WAKES =
      List.of("sent", "unregistered", "send_failed", "token_fetch_failed", "dropped");

  private final EventCounters counters;

  /**
   * @param counters in which the same is counted under our names
   */
  LegacyMetrics(EventCounters counters) {
    this.counters = counters;
  }

  /**
   * Tells all of it.
   *
   * @param wakes whether devices are woken
   */
  void collect(TotalsView now, boolean wakes, MetricSink sink) {
    sink.sample(Metric.PYRYCODE_RELAY_CONNECTED_BINARIES, now.binaries());
    sink.sample(Metric.PYRYCODE_RELAY_CONNECTED_PHONES, now.phones());
    for (String endpoint : ENDPOINTS) {
      for (String outcome : OUTCOMES) {
        Metric old = Metric.PYRYCODE_RELAY_WS_UPGRADE_ATTEMPTS;
        repeat(Metric.RELAY_WS_UPGRADE_ATTEMPTS, old, sink, endpoint, outcome);
      }
    }
    each(Metric.RELAY_REGISTER_FAILURES, Metric.PYRYCODE_RELAY_REGISTER_FAILURES, sink, KINDS);
    each(Metric.RELAY_FRAMES_FORWARDED, Metric.PYRYCODE_RELAY_FRAMES_FORWARDED, sink, DIRECTIONS);
    repeat(Metric.RELAY_GRACE_EXPIRIES, Metric.PYRYCODE_RELAY_GRACE_EXPIRIES, sink);
    if (wakes) {
      each(Metric.RELAY_PUSH_WAKES, Metric.PYRYCODE_RELAY_PUSH_WAKES, sink, WAKES);
    }
  }

  private void each(Metric ours, Metric old, MetricSink sink, List<String> values) {
    values.forEach(value -> repeat(ours, old, sink, value));
  }

  private void repeat(Metric ours, Metric old, MetricSink sink, String... labels) {
    sink.sample(old, (double) counters.counter(ours, labels).sum(), labels);
  }
}
