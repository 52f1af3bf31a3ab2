package dev.gatehouse.proxy.ruleset;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rulesets of a line or two. */
public final class Rulesets {

  private Rulesets() {}

  public static Ruleset ruleset(ListenerConfig... listeners) {
    return new Ruleset(List.of(listeners), FirewallRules.NONE);
  }

  public static ListenerConfig listener(String address, Route... routes) {
    return new ListenerConfig(
        endpoint(address),
        new Guard(false, List.of(), 0),
        List.of(routes),
        Optional.empty(),
        Optional.empty());
  }

  /** An L4 route that has of everything the default. */
  public static Route route(String hostname, String... backends) {
    return new Route(
        name(hostname),
        RouteMode.L4,
        Stream.of(backends).map(Rulesets::destination).toList(),
        Balance.ROUND_ROBIN,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        L7Settings.NONE);
  }

  public static L7Policy blocked(String userAgent) {
    return new L7Policy(L7Policy.Type.BLOCK_USER_AGENT, userAgent);
  }

  public static L7Policy required(String header) {
    return new L7Policy(L7Policy.Type.REQUIRE_HEADER, header);
  }

  public static FirewallRule rule(Reason reason, String value) {
    return switch (FirewallRule.read(reason, value)) {
      case FirewallRule.Read.Rule(FirewallRule rule) -> rule;
      case FirewallRule.Read.Refused refused -> throw new AssertionError(refused);
    };
  }

  public static Endpoint endpoint(String address) {
    return ListenAddress.parse(address).orElseThrow();
  }

  public static RouteName name(String hostname) {
    return RouteName.parse(hostname).orElseThrow();
  }

  public static Destination destination(String backend) {
    return Destination.parse(backend).orElseThrow();
  }

  public static Cidr network(String text) {
    return switch (Cidr.read(text)) {
      case Cidr.Read.Network(Cidr cidr) -> cidr;
      case Cidr.Read.Refused refused -> throw new AssertionError(refused);
    };
  }

  public static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  /** The same with listeners and routes by name, since their order means nothing. */
  public static Ruleset sorted(Ruleset ruleset) {
    return new Ruleset(
        ruleset.listeners().stream()
            .sorted(Comparator.comparing(listener -> listener.address().toString()))
            .map(listener -> listener.withRoutes(sorted(listener.routes())))
            .toList(),
        ruleset.firewall());
  }

  private static List<Route> sorted(List<Route> routes) {
    return routes.stream()
        .sorted(Comparator.comparing(route -> route.hostname().toString()))
        .toList();
  }
}
