package dev.gatehouse.proxy.ruleset;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.config.ProxyConfig;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.ruleset.Edit.ListenerChoice;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes edits of rulesets, and refuses those after which the edge would not be right.
 *
 * @param guarded sockets of this host alone, to which no public listener may lead
 * @param countriesKnown whether there is a database of countries
 */
public record Editing(List<Endpoint> guarded, boolean countriesKnown) {

  public Editing {
    guarded = List.copyOf(guarded);
  }

  /** The ruleset after the edit; the same one if there was nothing to do. */
  public Ruleset edit(Ruleset ruleset, Edit edit) throws EditRefusedException {
    return switch (edit) {
      case Edit.SetMaxConnections(ListenerChoice choice, int most) ->
          ruleset.with(chosen(ruleset, choice).withMaxConnections(checked(most)));
      case Edit.PutRoute put -> put(ruleset, put);
      case Edit.RemoveRoute(ListenerChoice choice, RouteName hostname) ->
          remove(ruleset, chosen(ruleset, choice), hostname);
      case Edit.AddPolicy(ListenerChoice choice, RouteName hostname, L7Policy policy) ->
          add(ruleset, chosen(ruleset, choice), hostname, policy);
      case Edit.RemovePolicy(ListenerChoice choice, RouteName hostname, L7Policy policy) ->
          remove(ruleset, chosen(ruleset, choice), hostname, policy);
      case Edit.AddRule(FirewallRule rule) -> add(ruleset, rule);
      case Edit.RemoveRule(FirewallRule rule) -> remove(ruleset, rule);
      case Edit.Replace(Ruleset other) -> checked(other);
    };
  }

  /** The listener that is meant. */
  public static ListenerConfig chosen(Ruleset ruleset, ListenerChoice choice)
      throws EditRefusedException {
    if (choice.address().isPresent()) {
      Endpoint address = choice.address().get();
      return ruleset
          .listener(address)
          .orElseThrow(() -> notFound("listener_addr", "listener " + address, names(ruleset)));
    }
    if (ruleset.listeners().size() != 1) {
      throw new EditRefusedException(
          Reason.INVALID, "listener_addr", "none given; expected one of: " + names(ruleset));
    }
    return ruleset.listeners().getFirst();
  }

  /** The route that is meant. */
  public static Route chosen(ListenerConfig listener, RouteName hostname)
      throws EditRefusedException {
    return listener
        .route(hostname)
        .orElseThrow(
            () ->
                notFound(
                    "hostname",
                    "route " + hostname + " of " + listener.address(),
                    "a hostname of 'gatehouse routes list'"));
  }

  private static int checked(int most) throws EditRefusedException {
    if (most < 0) {
      throw new EditRefusedException(
          Reason.INVALID, "max_connections", most + ": expected 0 (no limit) or more");
    }
    return most;
  }

  /** What the file alone cannot know: the sockets and the data of the daemon that is to run it. */
  private Ruleset checked(Ruleset ruleset) throws EditRefusedException {
    for (Endpoint address : guarded) {
      if (ProxyConfig.publishes(ruleset.listeners(), address)) {
        throw new EditRefusedException(
            Reason.INVALID,
            "proxy.listeners",
            "a route leads to "
                + address
                + ", which is for this host alone: expected a listener on loopback, or another"
                + " backend");
      }
    }
    if (!ruleset.firewall().countries().isEmpty() && !countriesKnown) {
      throw new EditRefusedException(
          Reason.NOT_NOW,
          "firewall.blocked_countries",
          "expected a database of countries; set firewall.geoip_db and reload");
    }
    return ruleset;
  }

  private Ruleset put(Ruleset ruleset, Edit.PutRoute put) throws EditRefusedException {
    ListenerConfig listener = chosen(ruleset, put.listener());
    Optional<Route> before = listener.route(put.route().hostname());
    Route route =
        switch (put.policies()) {
          case REPLACE -> put.route();
          case KEEP_UNLESS_GIVEN -> keepingPolicies(put.route(), before);
        };
    if (before.isPresent() && before.get().equals(route)) {
      return ruleset;
    }
    if (before.isEmpty() && ruleset.routes() >= ProxyConfig.MAX_ROUTES) {
      throw new EditRefusedException(
          Reason.TOO_MANY, "route", "there are %d routes; remove one".formatted(ruleset.routes()));
    }
    ListenerConfig changed = listener.withRoutes(placed(listener.routes(), before, route));
    checkBackends(changed, route);
    return ruleset.with(changed);
  }

  private static Route keepingPolicies(Route route, Optional<Route> before) {
    return route.l7().policies().isEmpty() && before.isPresent()
        ? route.withPolicies(before.get().l7().policies())
        : route;
  }

  private static List<Route> placed(List<Route> routes, Optional<Route> before, Route route) {
    List<Route> changed = new ArrayList<>(routes);
    if (before.isPresent()) {
      changed.set(changed.indexOf(before.get()), route);
    } else {
      changed.add(route);
    }
    return changed;
  }

  private void checkBackends(ListenerConfig listener, Route route) throws EditRefusedException {
    for (Destination backend : route.backends()) {
      if (listener.isSelf(backend)) {
        throw new EditRefusedException(
            Reason.INVALID,
            "route.backend",
            backend + ": expected another than the listener itself");
      }
    }
    for (Endpoint address : guarded) {
      if (ProxyConfig.publishes(List.of(listener.withRoutes(List.of(route))), address)) {
        throw new EditRefusedException(
            Reason.INVALID,
            "route.backend",
            address
                + " is for this host alone: expected a listener on loopback, or another backend");
      }
    }
  }

  private static Ruleset remove(Ruleset ruleset, ListenerConfig listener, RouteName hostname)
      throws EditRefusedException {
    Route route = chosen(listener, hostname);
    refuseIfNamed(listener.fallback(), hostname, "default_route");
    refuseIfNamed(listener.unnamed(), hostname, "no_sni_route");
    List<Route> fewer = new ArrayList<>(listener.routes());
    fewer.remove(route);
    return ruleset.with(listener.withRoutes(fewer));
  }

  private static void refuseIfNamed(Optional<RouteName> named, RouteName hostname, String key)
      throws EditRefusedException {
    if (named.filter(hostname::equals).isPresent()) {
      throw new EditRefusedException(
          Reason.NOT_NOW,
          "hostname",
          hostname + " is the " + key + " of its listener; change that in the file and apply it");
    }
  }

  private static Ruleset add(
      Ruleset ruleset, ListenerConfig listener, RouteName hostname, L7Policy policy)
      throws EditRefusedException {
    Route route = chosen(listener, hostname);
    List<L7Policy> policies = new ArrayList<>(route.l7().policies());
    if (policies.contains(policy)) {
      throw new EditRefusedException(
          Reason.ALREADY_EXISTS, "policy", hostname + " has " + policy + " already");
    }
    if (policies.size() >= L7Policy.MAX_PER_ROUTE) {
      throw new EditRefusedException(
          Reason.TOO_MANY,
          "policy",
          "%s has %d policies; remove one".formatted(hostname, policies.size()));
    }
    policies.add(policy);
    return ruleset.with(withPolicies(listener, route, policies));
  }

  private static Ruleset remove(
      Ruleset ruleset, ListenerConfig listener, RouteName hostname, L7Policy policy)
      throws EditRefusedException {
    Route route = chosen(listener, hostname);
    List<L7Policy> policies = new ArrayList<>(route.l7().policies());
    if (!policies.remove(policy)) {
      throw notFound("policy", policy + " of " + hostname, "a policy of 'gatehouse policies list'");
    }
    return ruleset.with(withPolicies(listener, route, policies));
  }

  private static ListenerConfig withPolicies(
      ListenerConfig listener, Route route, List<L7Policy> policies) {
    return listener.withRoutes(
        placed(listener.routes(), Optional.of(route), route.withPolicies(policies)));
  }

  private Ruleset add(Ruleset ruleset, FirewallRule rule) throws EditRefusedException {
    if (ruleset.firewall().contains(rule)) {
      throw new EditRefusedException(
          Reason.ALREADY_EXISTS, "rule", described(rule) + " is blocked already");
    }
    if (rule instanceof FirewallRule.Country && !countriesKnown) {
      throw new EditRefusedException(
          Reason.NOT_NOW,
          "rule",
          described(rule) + ": expected a database of countries; set firewall.geoip_db and reload");
    }
    if (ruleset.firewall().size() >= FirewallRules.MAX_RULES) {
      throw new EditRefusedException(
          Reason.TOO_MANY, "rule", "there are " + ruleset.firewall().size() + "; remove one");
    }
    return ruleset.with(ruleset.firewall().with(rule));
  }

  private static Ruleset remove(Ruleset ruleset, FirewallRule rule) throws EditRefusedException {
    if (!ruleset.firewall().contains(rule)) {
      throw notFound("rule", described(rule), "a rule of 'gatehouse firewall list'");
    }
    return ruleset.with(ruleset.firewall().without(rule));
  }

  private static String described(FirewallRule rule) {
    return rule.reason().label() + ' ' + rule.value();
  }

  private static EditRefusedException notFound(String field, String what, String expected) {
    return new EditRefusedException(
        Reason.NOT_FOUND, field, "there is no " + what + "; expected " + expected);
  }

  private static String names(Ruleset ruleset) {
    return ruleset.listeners().isEmpty()
        ? "(there are no listeners)"
        : ruleset.listeners().stream()
            .map(listener -> listener.address().toString())
            .collect(Collectors.joining(", "));
  }
}
