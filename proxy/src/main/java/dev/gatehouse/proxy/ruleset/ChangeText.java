package dev.gatehouse.proxy.ruleset;

import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import java.util.List;

/**
 * A change in words, for logs and tables.
 *
 * @param subject what it is about, such as {@code [::]:443 git.example.org}
 * @param before what there was; empty for nothing
 * @param after what there is; empty for nothing
 */
public record ChangeText(RulesetChange.Kind kind, String subject, String before, String after) {

  /** Says what changed. */
  public static ChangeText of(RulesetChange change) {
    return switch (change) {
      case RulesetChange.ListenerAdded(ListenerConfig listener) ->
          text(change, name(listener), "", written(listener));
      case RulesetChange.ListenerRemoved(ListenerConfig listener) ->
          text(change, name(listener), written(listener), "");
      case RulesetChange.ListenerChanged(ListenerConfig before, ListenerConfig after) ->
          text(change, name(after), written(before), written(after));
      case RulesetChange.LimitChanged(Endpoint listener, int before, int after) ->
          text(change, listener.toString(), String.valueOf(before), String.valueOf(after));
      case RulesetChange.RouteAdded(Endpoint listener, Route route) ->
          text(change, name(listener, route.hostname()), "", written(route));
      case RulesetChange.RouteRemoved(Endpoint listener, Route route) ->
          text(change, name(listener, route.hostname()), written(route), "");
      case RulesetChange.RouteChanged(Endpoint listener, Route before, Route after) ->
          text(change, name(listener, after.hostname()), written(before), written(after));
      case RulesetChange.PolicyAdded added ->
          text(change, name(added.listener(), added.route()), "", added.policy().toString());
      case RulesetChange.PolicyRemoved removed ->
          text(change, name(removed.listener(), removed.route()), removed.policy().toString(), "");
      case RulesetChange.RuleAdded(var rule) ->
          text(change, rule.reason().label(), "", rule.value());
      case RulesetChange.RuleRemoved(var rule) ->
          text(change, rule.reason().label(), rule.value(), "");
    };
  }

  private static ChangeText text(
      RulesetChange change, String subject, String before, String after) {
    return new ChangeText(change.kind(), subject, before, after);
  }

  private static String name(ListenerConfig listener) {
    return listener.address().toString();
  }

  private static String name(Endpoint listener, RouteName route) {
    return listener + " " + route;
  }

  /** Without its routes, of which each has a change of its own. */
  private static String written(ListenerConfig listener) {
    return TomlText.value(RulesetTree.listener(listener.withRoutes(List.of())));
  }

  /** Without its policies, for the same reason. */
  private static String written(Route route) {
    return TomlText.value(RulesetTree.route(route.withPolicies(List.of())));
  }
}
