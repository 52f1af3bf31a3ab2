package dev.gatehouse.proxy;

import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.l4.PassthroughRoute;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.upstream.BackendGroup;
import dev.gatehouse.proxy.upstream.HealthCheck;
import dev.gatehouse.proxy.upstream.HealthChecks;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Keeps the health checks those of the routes that there are. */
final class RouteChecks {

  private final HealthChecks checks;
  private volatile Duration connectTimeout;

  RouteChecks(HealthChecks checks, Duration connectTimeout) {
    this.checks = checks;
    this.connectTimeout = connectTimeout;
  }

  /** For checks that begin from now on. */
  void connectTimeout(Duration timeout) {
    connectTimeout = timeout;
  }

  /** Begins those of a listener's first routes. */
  void begin(RoutingSnapshot first) {
    wanted(first).forEach(checks::begin);
  }

  /** Ends those that are no longer wanted, then begins the new ones. */
  void follow(RoutingSnapshot before, RoutingSnapshot after) {
    Map<BackendGroup, HealthCheck> running = wanted(before);
    Map<BackendGroup, HealthCheck> wanted = wanted(after);
    running.forEach(
        (group, check) -> {
          if (!check.equals(wanted.get(group))) {
            checks.end(group);
          }
        });
    wanted.forEach(checks::begin);
  }

  private Map<BackendGroup, HealthCheck> wanted(RoutingSnapshot routing) {
    Map<BackendGroup, HealthCheck> wanted = new HashMap<>();
    for (Target target : routing.targets()) {
      BackendGroup backends =
          switch (target) {
            case Target.Passed(PassthroughRoute running) -> running.backends();
            case Target.Terminated(TerminatedRoute running) -> running.backends();
          };
      wanted.put(backends, check(target.route()));
    }
    return wanted;
  }

  private HealthCheck check(Route route) {
    return new HealthCheck(route.healthInterval(), connectTimeout, route.header().isPresent());
  }
}
