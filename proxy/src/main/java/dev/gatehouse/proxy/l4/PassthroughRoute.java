package dev.gatehouse.proxy.l4;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.upstream.BackendGroup;

/** A route of one listener as it runs: its backends, and what has been counted. */
public final class PassthroughRoute implements MetricSource {

  private final String listener;
  private final Route route;
  private final BackendGroup backends;
  private final Traffic traffic;

  /**
   * @param listener the word for it in metrics
   */
  public PassthroughRoute(String listener, Route route, EventCounters counters) {
    this.listener = listener;
    this.route = route;
    this.backends = BackendGroup.of(route.backends(), route.balance());
    this.traffic = new Traffic(listener, route, backends, counters);
  }

  /** What it was told. */
  public Route route() {
    return route;
  }

  /** Where its connections go. */
  public BackendGroup backends() {
    return backends;
  }

  String listener() {
    return listener;
  }

  Traffic traffic() {
    return traffic;
  }

  @Override
  public void collect(MetricSink sink) {
    traffic.collect(sink);
  }
}
