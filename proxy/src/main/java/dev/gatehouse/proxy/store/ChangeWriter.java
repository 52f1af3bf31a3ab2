package dev.gatehouse.proxy.store;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.ruleset.ChangeText;
import dev.gatehouse.proxy.ruleset.RulesetChange;
import dev.gatehouse.proxy.store.StoreException.Kind;

/** Makes changes of a ruleset in its tables; whoever calls begins and ends the transaction. */
final class ChangeWriter {

  private final Database database;
  private final ListenerRows listeners;
  private final RouteRows routes;
  private final L7PolicyRows policies;
  private final FirewallRows firewall;

  ChangeWriter(Database database) {
    this.database = database;
    listeners = new ListenerRows(database);
    routes = new RouteRows(database);
    policies = new L7PolicyRows(database);
    firewall = new FirewallRows(database);
  }

  /** Makes one change; refuses to change what is not there. */
  void write(RulesetChange change) throws StoreException {
    boolean found =
        switch (change) {
          case RulesetChange.ListenerAdded(ListenerConfig listener) ->
              listeners.createListener(listener) > 0;
          case RulesetChange.ListenerRemoved(ListenerConfig listener) ->
              listeners.deleteListener(listener.address());
          case RulesetChange.ListenerChanged(ListenerConfig _, ListenerConfig after) ->
              listeners.updateListener(after);
          case RulesetChange.LimitChanged(Endpoint listener, int _, int after) ->
              listeners.updateListenerMaxConns(listener, after);
          case RulesetChange.RouteAdded(Endpoint listener, Route route) ->
              routes.createRoute(listenerId(listener, change), route) > 0;
          case RulesetChange.RouteRemoved(Endpoint listener, Route route) ->
              routes.deleteRoute(listenerId(listener, change), route.hostname());
          case RulesetChange.RouteChanged(Endpoint listener, Route _, Route after) ->
              replace(listener, after, change);
          case RulesetChange.PolicyAdded added ->
              policies.createL7Policy(
                      routeId(added.listener(), added.route(), change), added.policy())
                  > 0;
          case RulesetChange.PolicyRemoved removed ->
              policies.deleteL7Policy(
                  routeId(removed.listener(), removed.route(), change), removed.policy());
          case RulesetChange.RuleAdded(FirewallRule rule) -> firewall.createFirewallRule(rule) > 0;
          case RulesetChange.RuleRemoved(FirewallRule rule) -> firewall.deleteFirewallRule(rule);
        };
    if (!found) {
      throw missing(change);
    }
  }

  private boolean replace(Endpoint listener, Route route, RulesetChange change)
      throws StoreException {
    routeId(listener, route.hostname(), change);
    routes.upsertRoute(listenerId(listener, change), route);
    return true;
  }

  private long listenerId(Endpoint listener, RulesetChange change) throws StoreException {
    return listeners.getListenerId(listener).orElseThrow(() -> missing(change));
  }

  private long routeId(Endpoint listener, RouteName hostname, RulesetChange change)
      throws StoreException {
    return routes
        .getRouteId(listenerId(listener, change), hostname)
        .orElseThrow(() -> missing(change));
  }

  private StoreException missing(RulesetChange change) {
    ChangeText text = ChangeText.of(change);
    return new StoreException(
        Kind.MISSING,
        "%s: no %s to change: %s %s (expected: all as it was read); somebody else has changed it, so restart"
            .formatted(database.file(), text.kind().label(), text.subject(), text.before())
            .strip());
  }
}
