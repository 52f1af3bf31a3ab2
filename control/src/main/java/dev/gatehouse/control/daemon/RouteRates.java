package dev.gatehouse.control.daemon;

import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.control.proxy.Words;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.ProxyView.Spread;
import dev.gatehouse.proxy.ruleset.RulesetEditor.RouteKey;
import dev.gatehouse.v1.RouteRate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each route did between two looks at its counters; for one reader.
 *
 * <p>The first look has nothing to compare with and tells only what is open.
 */
final class RouteRates {

  private static final double NANOS_PER_SECOND = 1e9;

  private Map<RouteKey, Counts> before = Map.of();
  private boolean begun;
  private long beforeNanos;

  /** What a route had counted at one moment. */
  private record Counts(
      long routed, long fromClients, long fromBackends, long errors, Spread dials) {

    /** Where every route begins. */
    static final Counts NONE = new Counts(0, 0, 0, 0, new Spread(List.of(), List.of()));

    static Counts of(RouteView view) {
      return new Counts(
          view.routed(), view.fromClients(), view.fromBackends(), view.errors(), view.dials());
    }
  }

  /** The rates since the last time that this was asked. */
  List<RouteRate> next(List<RouteView> now, long nowNanos) {
    double seconds = begun ? (nowNanos - beforeNanos) / NANOS_PER_SECOND : 0;
    List<RouteRate> rates = now.stream().map(view -> rate(view, seconds)).toList();
    Map<RouteKey, Counts> seen = new HashMap<>();
    now.forEach(view -> seen.putIfAbsent(key(view), Counts.of(view)));
    before = seen;
    beforeNanos = nowNanos;
    begun = true;
    return rates;
  }

  private RouteRate rate(RouteView view, double seconds) {
    RouteRate.Builder rate =
        RouteRate.newBuilder()
            .setListenerAddr(view.listener().toString())
            .setHostname(view.route().hostname().toString())
            .setMode(Words.of(view.route().mode()))
            .setActive(view.active());
    if (seconds > 0) {
      put(rate, before.getOrDefault(key(view), Counts.NONE), Counts.of(view), seconds);
    }
    return rate.build();
  }

  /** A route that counted more before has gone meanwhile and come again. */
  private static void put(RouteRate.Builder rate, Counts before, Counts now, double seconds) {
    Counts from = now.routed() < before.routed() ? Counts.NONE : before;
    rate.setPerSecond((now.routed() - from.routed()) / seconds)
        .setBytesFromClientPerSecond((now.fromClients() - from.fromClients()) / seconds)
        .setBytesFromBackendPerSecond((now.fromBackends() - from.fromBackends()) / seconds)
        .setErrorsPerSecond((now.errors() - from.errors()) / seconds);
    Spread dials = Quantiles.since(from.dials(), now.dials());
    Quantiles.at(0.5, dials).map(TimeMessages::of).ifPresent(rate::setDialP50);
    Quantiles.at(0.99, dials).map(TimeMessages::of).ifPresent(rate::setDialP99);
  }

  private static RouteKey key(RouteView view) {
    return new RouteKey(view.listener(), view.route().hostname());
  }
}
