package dev.gatehouse.proxy;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.l4.PassthroughRoute;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.RouteTable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the names of one listener lead at one moment; immutable. */
final class RoutingSnapshot {

  private final ListenerConfig config;
  private final Map<RouteName, Target> targets;
  private final RouteTable<Target> table;

  private RoutingSnapshot(ListenerConfig config, Map<RouteName, Target> targets) {
    this.config = config;
    this.targets = targets;
    this.table =
        new RouteTable<>(
            targets, config.fallback().map(targets::get), config.unnamed().map(targets::get));
  }

  /** The first one of a listener. */
  static RoutingSnapshot of(ListenerConfig config, EventCounters counters) {
    return new RoutingSnapshot(config, Map.of()).next(config, counters);
  }

  /** The one after this; what has not changed goes on running as it is. */
  RoutingSnapshot next(ListenerConfig told, EventCounters counters) {
    String listener = told.address().toString();
    Map<RouteName, Target> next = new LinkedHashMap<>();
    for (Route route : told.routes()) {
      next.put(route.hostname(), target(listener, route, counters));
    }
    return new RoutingSnapshot(told, next);
  }

  private Target target(String listener, Route told, EventCounters counters) {
    Target before = targets.get(told.hostname());
    return switch (told.mode()) {
      case L7 ->
          before instanceof Target.Terminated(TerminatedRoute running)
              ? terminated(before, running, told)
              : new Target.Terminated(new TerminatedRoute(listener, told, counters));
      case L4 ->
          before instanceof Target.Passed(PassthroughRoute running)
              ? passed(before, running, told)
              : new Target.Passed(new PassthroughRoute(listener, told, counters));
    };
  }

  private static Target passed(Target before, PassthroughRoute running, Route told) {
    return running.route().equals(told) ? before : new Target.Passed(running.changed(told));
  }

  private static Target terminated(Target before, TerminatedRoute running, Route told) {
    return running.route().equals(told) ? before : new Target.Terminated(running.changed(told));
  }

  /** What the listener was told. */
  ListenerConfig config() {
    return config;
  }

  Collection<Target> targets() {
    return targets.values();
  }

  Optional<Target> target(RouteName name) {
    return Optional.ofNullable(targets.get(name));
  }

  /** Whether it has a route of that name. */
  boolean has(RouteName name) {
    return targets.containsKey(name);
  }

  RouteTable<Target> table() {
    return table;
  }
}
