package dev.gatehouse.proxy.ruleset;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what leads from one ruleset to another, in an order in which it can be done: what goes
 * before what comes, a listener before its routes, a route before its policies.
 */
public final class Difference {

  private final List<RulesetChange> changes = new ArrayList<>();

  private Difference() {}

  /** What leads from the one to the other; nothing if they mean the same. */
  public static List<RulesetChange> between(Ruleset before, Ruleset after) {
    Difference difference = new Difference();
    difference.listeners(before, after);
    difference.firewall(before.firewall(), after.firewall());
    return List.copyOf(difference.changes);
  }

  private void listeners(Ruleset before, Ruleset after) {
    for (ListenerConfig gone : before.listeners()) {
      if (after.listener(gone.address()).isEmpty()) {
        changes.add(new RulesetChange.ListenerRemoved(gone));
      }
    }
    for (ListenerConfig now : after.listeners()) {
      Optional<ListenerConfig> earlier = before.listener(now.address());
      if (earlier.isPresent()) {
        listener(earlier.get(), now);
      } else {
        changes.add(new RulesetChange.ListenerAdded(now));
        now.routes().forEach(route -> added(now.address(), route));
      }
    }
  }

  private void listener(ListenerConfig before, ListenerConfig after) {
    if (before.equals(after)) {
      return;
    }
    int limit = after.guard().maxConnections();
    if (before.guard().maxConnections() != limit) {
      changes.add(
          new RulesetChange.LimitChanged(after.address(), before.guard().maxConnections(), limit));
    }
    if (!bare(before).equals(bare(after))) {
      changes.add(new RulesetChange.ListenerChanged(before, after));
    }
    routes(after.address(), before.routes(), after.routes());
  }

  private static ListenerConfig bare(ListenerConfig listener) {
    return listener.withMaxConnections(0).withRoutes(List.of());
  }

  private void routes(Endpoint listener, List<Route> before, List<Route> after) {
    Map<RouteName, Route> earlier = byName(before);
    Map<RouteName, Route> now = byName(after);
    for (Route gone : before) {
      if (!now.containsKey(gone.hostname())) {
        changes.add(new RulesetChange.RouteRemoved(listener, gone));
      }
    }
    for (Route route : after) {
      Route old = earlier.get(route.hostname());
      if (old == null) {
        added(listener, route);
      } else if (!old.equals(route)) {
        route(listener, old, route);
      }
    }
  }

  private void added(Endpoint listener, Route route) {
    changes.add(new RulesetChange.RouteAdded(listener, route));
    policies(listener, route.hostname(), List.of(), route.l7().policies());
  }

  private void route(Endpoint listener, Route before, Route after) {
    if (!before.withPolicies(List.of()).equals(after.withPolicies(List.of()))) {
      changes.add(new RulesetChange.RouteChanged(listener, before, after));
    }
    policies(listener, after.hostname(), before.l7().policies(), after.l7().policies());
  }

  /** The order matters and is that of their coming, so what comes out of order comes anew. */
  private void policies(
      Endpoint listener, RouteName route, List<L7Policy> before, List<L7Policy> after) {
    List<L7Policy> kept = new ArrayList<>(before);
    kept.retainAll(after);
    while (!kept.equals(after.subList(0, kept.size()))) {
      kept.removeLast();
    }
    for (L7Policy policy : before) {
      if (!kept.contains(policy)) {
        changes.add(new RulesetChange.PolicyRemoved(listener, route, policy));
      }
    }
    for (L7Policy policy : after.subList(kept.size(), after.size())) {
      changes.add(new RulesetChange.PolicyAdded(listener, route, policy));
    }
  }

  private void firewall(FirewallRules before, FirewallRules after) {
    if (before.equals(after)) {
      return;
    }
    before.all().stream()
        .filter(rule -> !after.contains(rule))
        .forEach(rule -> changes.add(new RulesetChange.RuleRemoved(rule)));
    after.all().stream()
        .filter(rule -> !before.contains(rule))
        .forEach(rule -> changes.add(new RulesetChange.RuleAdded(rule)));
  }

  private static Map<RouteName, Route> byName(List<Route> routes) {
    Map<RouteName, Route> byName = new LinkedHashMap<>();
    routes.forEach(route -> byName.put(route.hostname(), route));
    return byName;
  }
}
