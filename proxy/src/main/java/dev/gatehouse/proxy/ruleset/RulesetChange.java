package dev.gatehouse.proxy.ruleset;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;

/** One thing in which two rulesets differ: what is written, published and shown. */
public sealed interface RulesetChange {

  /** What changes. */
  enum Kind {
    LISTENER("listener"),
    LIMIT("limit"),
    ROUTE("route"),
    POLICY("policy"),
    FIREWALL("firewall");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The word for this in metrics and tables. */
    public String label() {
      return label;
    }
  }

  /** A listener is new; so are its routes, each with a change of its own. */
  record ListenerAdded(ListenerConfig listener) implements RulesetChange {}

  /** A listener goes, and all that belongs to it. */
  record ListenerRemoved(ListenerConfig listener) implements RulesetChange {}

  /** A listener is told something else, apart from its limit and its routes. */
  record ListenerChanged(ListenerConfig before, ListenerConfig after) implements RulesetChange {}

  /** A listener may hold more or fewer connections. */
  record LimitChanged(Endpoint listener, int before, int after) implements RulesetChange {}

  /** A route is new; so are its policies, each with a change of its own. */
  record RouteAdded(Endpoint listener, Route route) implements RulesetChange {}

  /** A route goes with its policies. */
  record RouteRemoved(Endpoint listener, Route route) implements RulesetChange {}

  /** A route is told something else, apart from its policies. */
  record RouteChanged(Endpoint listener, Route before, Route after) implements RulesetChange {}

  /** A policy comes behind those that the route has. */
  record PolicyAdded(Endpoint listener, RouteName route, L7Policy policy)
      implements RulesetChange {}

  /** A policy goes. */
  record PolicyRemoved(Endpoint listener, RouteName route, L7Policy policy)
      implements RulesetChange {}

  /** The firewall blocks more. */
  record RuleAdded(FirewallRule rule) implements RulesetChange {}

  /** The firewall blocks less. */
  record RuleRemoved(FirewallRule rule) implements RulesetChange {}

  /** What changes. */
  default Kind kind() {
    return switch (this) {
      case ListenerAdded _, ListenerRemoved _, ListenerChanged _ -> Kind.LISTENER;
      case LimitChanged _ -> Kind.LIMIT;
      case RouteAdded _, RouteRemoved _, RouteChanged _ -> Kind.ROUTE;
      case PolicyAdded _, PolicyRemoved _ -> Kind.POLICY;
      case RuleAdded _, RuleRemoved _ -> Kind.FIREWALL;
    };
  }
}
