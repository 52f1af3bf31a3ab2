package dev.gatehouse.proxy.exchange;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.proxy.http.guard.PolicyMiddleware;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.traffic.RequestTraffic;
import dev.gatehouse.proxy.traffic.Traffic;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.BackendGroup;
import dev.gatehouse.proxy.upstream.pool.PoolCounters;
import dev.gatehouse.proxy.upstream.pool.Upstream;
import dev.gatehouse.proxy.upstream.pool.UpstreamTls;
import java.util.Optional;

/**
 * A route on which the proxy speaks TLS and HTTP, as it runs.
 *
 * <p>A request keeps the one that it began with, whatever becomes of the route meanwhile.
 */
public final class TerminatedRoute implements MetricSource {

  private final String listener;
  private final Route route;
  private final BackendGroup backends;
  private final Upstream upstream;
  private final PolicyMiddleware policies;
  private final Traffic traffic;
  private final RequestTraffic requests;
  private final PoolCounters pool;

  /**
   * A new route.
   *
   * @param listener the word for it in metrics
   */
  public TerminatedRoute(String listener, Route route, EventCounters counters) {
    this(
        listener,
        route,
        new Traffic(listener, route.hostname(), route.mode(), counters),
        new RequestTraffic(listener, route.hostname().toString(), counters),
        new PoolCounters(listener, route.hostname().toString(), counters),
        Optional.empty());
  }

  private TerminatedRoute(
      String listener,
      Route route,
      Traffic traffic,
      RequestTraffic requests,
      PoolCounters pool,
      Optional<TerminatedRoute> before) {
    this.listener = listener;
    this.route = route;
    this.traffic = traffic;
    this.requests = requests;
    this.pool = pool;
    this.policies = new PolicyMiddleware(route.l7().policies());
    Optional<TerminatedRoute> same = before.filter(other -> sameBackends(other.route, route));
    this.backends =
        same.map(TerminatedRoute::backends)
            .orElseGet(() -> BackendGroup.of(route.backends(), route.balance()));
    this.upstream =
        same.filter(other -> sameSpeech(other.route, route))
            .map(TerminatedRoute::upstream)
            .orElseGet(this::newUpstream);
  }

  private Upstream newUpstream() {
    return new Upstream(
        backends,
        route.l7().backendProtocol(),
        route.l7().backendTls().map(UpstreamTls::of),
        route.header(),
        traffic,
        pool);
  }

  private static boolean sameBackends(Route one, Route other) {
    return one.backends().equals(other.backends()) && one.balance() == other.balance();
  }

  private static boolean sameSpeech(Route one, Route other) {
    return one.l7().backendTls().equals(other.l7().backendTls())
        && one.l7().backendProtocol() == other.l7().backendProtocol()
        && one.header().equals(other.header());
  }

  /**
   * The route of the same name when it has been told something else: what was counted is kept, and
   * so are connections where they would be the same.
   */
  public TerminatedRoute changed(Route told) {
    return new TerminatedRoute(listener, told, traffic, requests, pool, Optional.of(this));
  }

  public Route route() {
    return route;
  }

  public String listener() {
    return listener;
  }

  public BackendGroup backends() {
    return backends;
  }

  /** How its backends are spoken with. */
  public Upstream upstream() {
    return upstream;
  }

  public PolicyMiddleware policies() {
    return policies;
  }

  /** Counts its connections. */
  public Traffic traffic() {
    return traffic;
  }

  /** Counts its requests. */
  public RequestTraffic requests() {
    return requests;
  }

  /** Whether nothing speaks against its backends. */
  public boolean isReachable() {
    return backends.backends().stream().anyMatch(Backend::isReachable);
  }

  @Override
  public void collect(MetricSink sink) {
    traffic.collect(sink);
    requests.collect(sink);
    pool.collect(sink);
    upstream.collect(sink);
    String hostname = route.hostname().toString();
    for (Backend backend : backends.backends()) {
      sink.sample(
          Metric.PROXY_BACKEND_UP,
          backend.isReachable() ? 1 : 0,
          listener,
          hostname,
          backend.toString());
    }
  }
}
