package dev.gatehouse.proxy.l4;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.traffic.Traffic;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.BackendGroup;

/**
 * A route of one listener as it runs: its backends, and what has been counted.
 *
 * <p>A connection keeps the one that it began with, whatever becomes of the route meanwhile.
 */
public final class PassthroughRoute implements MetricSource {

  private final String listener;
  private final Route route;
  private final BackendGroup backends;
  private final Traffic traffic;

  /**
   * A new route.
   *
   * @param listener the word for it in metrics
   */
  public PassthroughRoute(String listener, Route route, EventCounters counters) {
    this(
        listener,
        route,
        BackendGroup.of(route.backends(), route.balance()),
        new Traffic(listener, route.hostname(), route.mode(), counters));
  }

  private PassthroughRoute(String listener, Route route, BackendGroup backends, Traffic traffic) {
    this.listener = listener;
    this.route = route;
    this.backends = backends;
    this.traffic = traffic;
  }

  /**
   * The route of the same name when it has been told something else: what was counted is kept, and
   * so is what is known of the backends if they are the same.
   */
  public PassthroughRoute changed(Route told) {
    boolean same = told.backends().equals(route.backends()) && told.balance() == route.balance();
    BackendGroup group = same ? backends : BackendGroup.of(told.backends(), told.balance());
    return new PassthroughRoute(listener, told, group, traffic);
  }

  /** What it was told. */
  public Route route() {
    return route;
  }

  /** Where its connections go. */
  public BackendGroup backends() {
    return backends;
  }

  /** Whether one of the backends took its last connection. */
  public boolean isReachable() {
    return backends.backends().stream().anyMatch(Backend::isReachable);
  }

  String listener() {
    return listener;
  }

  /** What is counted of it. */
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public void collect(MetricSink sink) {
    traffic.collect(sink);
    for (Backend backend : backends.backends()) {
      sink.sample(
          Metric.PROXY_BACKEND_UP,
          backend.isReachable() ? 1 : 0,
          listener,
          route.hostname().toString(),
          backend.destination().toString());
    }
  }
}
