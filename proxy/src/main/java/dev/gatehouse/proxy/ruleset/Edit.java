package dev.gatehouse.proxy.ruleset;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import java.util.List;
import java.util.Optional;

/** What an operator wants to be different; {@link Editing} makes it so. */
public sealed interface Edit {

  /** Every {@link #operation}. */
  List<String> OPERATIONS =
      List.of(
          "set_max_connections",
          "put_route",
          "remove_route",
          "add_policy",
          "remove_policy",
          "add_rule",
          "remove_rule",
          "replace");

  /** A listener is to hold at most so many connections; 0 is no limit. */
  record SetMaxConnections(ListenerChoice listener, int maxConnections) implements Edit {}

  /** A route is to be there, exactly so. */
  record PutRoute(ListenerChoice listener, Route route, Policies policies) implements Edit {}

  /** A route is not to be there. */
  record RemoveRoute(ListenerChoice listener, RouteName hostname) implements Edit {}

  /** A policy is to be the last one of a route. */
  record AddPolicy(ListenerChoice listener, RouteName hostname, L7Policy policy) implements Edit {}

  /** A policy is not to be there. */
  record RemovePolicy(ListenerChoice listener, RouteName hostname, L7Policy policy)
      implements Edit {}

  /** The firewall is to block more. */
  record AddRule(FirewallRule rule) implements Edit {}

  /** The firewall is to block less. */
  record RemoveRule(FirewallRule rule) implements Edit {}

  /** Everything is to be as in a file. */
  record Replace(Ruleset ruleset) implements Edit {}

  /** What becomes of the policies that a route had before it was put. */
  enum Policies {
    /** They stay, unless the route that is put has some. */
    KEEP_UNLESS_GIVEN,
    /** They are those of the route that is put. */
    REPLACE
  }

  /**
   * The listener that is meant.
   *
   * @param address empty: the only one there is
   */
  record ListenerChoice(Optional<Endpoint> address) {

    /** The only one there is. */
    public static final ListenerChoice ONLY = new ListenerChoice(Optional.empty());

    /** The one of that address. */
    public static ListenerChoice of(Endpoint address) {
      return new ListenerChoice(Optional.of(address));
    }
  }

  /** The word for it in metrics and logs. */
  default String operation() {
    return switch (this) {
      case SetMaxConnections _ -> "set_max_connections";
      case PutRoute _ -> "put_route";
      case RemoveRoute _ -> "remove_route";
      case AddPolicy _ -> "add_policy";
      case RemovePolicy _ -> "remove_policy";
      case AddRule _ -> "add_rule";
      case RemoveRule _ -> "remove_rule";
      case Replace _ -> "replace";
    };
  }
}
