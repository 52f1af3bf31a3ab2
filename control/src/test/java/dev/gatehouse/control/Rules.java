package dev.gatehouse.control;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.config.RouteReader;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.ruleset.Ruleset;
import java.util.List;
import java.util.Optional;

/** Rulesets for tests. */
public final class Rules {

  /** A policy that is on no route yet. */
  public static final L7Policy BAD_BOT = new L7Policy(L7Policy.Type.BLOCK_USER_AGENT, "BadBot");

  private Rules() {}

  /** An address as operators write it. */
  public static Endpoint endpoint(String text) {
    return ListenAddress.parse(text).orElseThrow();
  }

  /** A name as operators write it. */
  public static RouteName name(String text) {
    return RouteName.parse(text).orElseThrow();
  }

  /** A route as a file describes it. */
  public static Route route(String... lines) {
    var result =
        Configuration.of(RouteReader::read)
            .read(ConfigSource.text("route.toml", String.join("\n", lines)));
    return switch (result) {
      case ConfigResult.Loaded<Route> loaded -> loaded.value();
      case ConfigResult.Refused<Route> refused ->
          throw new AssertionError(refused.problems().toString());
    };
  }

  /** An L4 route to one backend. */
  public static Route l4(String hostname, String backend) {
    return route("hostname = \"" + hostname + '"', "backend = \"" + backend + '"');
  }

  /** The same as an L7 route, which no file may have yet but the database may. */
  public static Route l7(Route route, L7Settings settings) {
    return new Route(
        route.hostname(),
        RouteMode.L7,
        route.backends(),
        route.balance(),
        route.healthInterval(),
        route.header(),
        route.idleTimeout(),
        settings);
  }

  /** A listener without anything special. */
  public static ListenerConfig listener(String address, Route... routes) {
    return new ListenerConfig(
        endpoint(address),
        new Guard(false, List.of(), 0),
        List.of(routes),
        Optional.empty(),
        Optional.empty());
  }

  /** Listeners, and a firewall that blocks nobody. */
  public static Ruleset ruleset(ListenerConfig... listeners) {
    return new Ruleset(List.of(listeners), FirewallRules.NONE);
  }
}
