package dev.gatehouse.control.ops.http;

import dev.gatehouse.control.ops.page.PathLabel;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import java.util.List;

/** Counts requests by what they asked for and how they were answered. */
final class RequestCounters {

  private static final List<Integer> OF_A_PAGE = List.of(200, 405, 421, 500, 503);
  private static final List<Integer> OF_NONE = List.of(400, 404, 413, 417, 421, 431, 505);

  private final EventCounters counters;

  RequestCounters(EventCounters counters) {
    this.counters = counters;
    for (PathLabel path : PathLabel.values()) {
      for (int code : path == PathLabel.OTHER ? OF_NONE : OF_A_PAGE) {
        counters.counter(Metric.OPS_REQUESTS, path.label(), Integer.toString(code));
      }
    }
  }

  void count(PathLabel path, int code) {
    counters.counter(Metric.OPS_REQUESTS, path.label(), Integer.toString(code)).increment();
  }
}
