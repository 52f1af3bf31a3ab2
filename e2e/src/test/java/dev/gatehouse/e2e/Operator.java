package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.firewall.FirewallRule;
import dev.gatehouse.client.proxy.Backends;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.ProxyHeader;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.proxy.RouteLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who edits routes and rules of a running daemon and remembers what was acknowledged; one
 * thread at a time. Nobody else touches what belongs to this one.
 */
final class Operator {

  private static final int NAMES = 12;
  private static final int MOST_POLICIES = 3;

  private final int number;
  private final Random random;
  private final Map<String, Route> routes = new TreeMap<>();
  private final Set<String> blocked = new HashSet<>();

  /** What the last edit would have made of its subject, if nobody knows whether it was made. */
  private @Nullable Doubt doubt;

  /** One subject with what it may be instead of what is remembered. */
  private record Doubt(String subject, Optional<Route> route, boolean blocked) {}

  Operator(int number, long seed) {
    this.number = number;
    this.random = new Random(seed);
  }

  /** Makes so many edits, or fewer if the daemon dies meanwhile. */
  Void edit(GatehouseClient client, int count, Runnable acknowledged) throws ControlException {
    for (int i = 0; i < count; i++) {
      try {
        editOnce(client);
        doubt = null;
        acknowledged.run();
      } catch (ControlException e) {
        if (e.code() != ControlException.Code.UNAVAILABLE) {
          throw e;
        }
        return null;
      }
    }
    return null;
  }

  private void editOnce(GatehouseClient client) throws ControlException {
    int place = random.nextInt(NAMES);
    if (random.nextInt(4) == 0) {
      toggle(client, "10.%d.0.%d".formatted(number, place));
    } else {
      change(client, "r%d.o%d.example.org".formatted(place, number));
    }
  }

  private void toggle(GatehouseClient client, String address) throws ControlException {
    FirewallRule rule = new FirewallRule(FirewallRule.Type.IP, address);
    boolean block = !blocked.contains(address);
    doubt = new Doubt(address, Optional.empty(), block);
    if (block) {
      client.firewall().addRule(rule, false);
      blocked.add(address);
    } else {
      client.firewall().removeRule(rule);
      blocked.remove(address);
    }
  }

  private void change(GatehouseClient client, String name) throws ControlException {
    Route known = routes.get(name);
    if (known != null && random.nextInt(4) == 0) {
      doubt = new Doubt(name, Optional.empty(), false);
      client.proxy().removeRoute("", name);
      routes.remove(name);
    } else if (known != null && !known.policies().isEmpty() && random.nextInt(3) == 0) {
      dropPolicy(client, known);
    } else {
      Route next = route(name);
      doubt = new Doubt(name, Optional.of(expected(next, known)), false);
      client.proxy().addRoute("", next);
      routes.put(name, expected(next, known));
    }
  }

  private void dropPolicy(GatehouseClient client, Route known) throws ControlException {
    List<L7Policy> fewer = new ArrayList<>(known.policies());
    L7Policy dropped = fewer.remove(random.nextInt(fewer.size()));
    Route next = known.withPolicies(fewer);
    doubt = new Doubt(known.hostname(), Optional.of(next), false);
    client.proxy().removePolicy("", known.hostname(), dropped);
    routes.put(known.hostname(), next);
  }

  /** A list without policies leaves those that are there. */
  private static Route expected(Route next, @Nullable Route known) {
    return known != null && next.policies().isEmpty() ? next.withPolicies(known.policies()) : next;
  }

  /** A route whose parts all tell which edit they belong to. */
  private Route route(String name) {
    int version = 1 + random.nextInt(60_000);
    List<L7Policy> policies = new ArrayList<>();
    for (int i = random.nextInt(MOST_POLICIES + 1); i > 0; i--) {
      policies.add(new L7Policy(L7Policy.Type.BLOCK_USER_AGENT, "bot-" + version + "-" + i));
    }
    Backends backends =
        Backends.one("10.0.0.1:" + version)
            .withProxyHeader(version % 2 == 0 ? ProxyHeader.of() : ProxyHeader.NONE);
    return Route.l4(name, "10.0.0.1:1")
        .withBackends(backends)
        .withLimits(
            new RouteLimits(
                Optional.of(Duration.ofSeconds(version)), Optional.empty(), OptionalLong.empty()))
        .withPolicies(policies);
  }

  /** Compares with what the daemon has now, which is what counts from now on. */
  void check(GatehouseClient client) throws ControlException {
    Map<String, Route> found = new TreeMap<>();
    for (Route route : client.proxy().routes("")) {
      if (route.hostname().endsWith(".o" + number + ".example.org")) {
        found.put(route.hostname(), bare(route));
      }
    }
    Set<String> foundRules = new HashSet<>();
    for (FirewallRule rule : client.firewall().rules()) {
      if (rule.value().startsWith("10." + number + ".")) {
        foundRules.add(rule.value());
      }
    }
    settle(found, foundRules);
    assertThat(found).isEqualTo(routes);
    assertThat(foundRules).isEqualTo(blocked);
  }

  /** An edit that was never answered was made or was not; what was found says which. */
  private void settle(Map<String, Route> found, Set<String> foundRules) {
    Doubt open = doubt;
    doubt = null;
    if (open == null) {
      return;
    }
    Optional<Route> route = Optional.ofNullable(found.get(open.subject()));
    if (route.equals(open.route())) {
      route.ifPresentOrElse(
          made -> routes.put(open.subject(), made), () -> routes.remove(open.subject()));
    }
    if (foundRules.contains(open.subject()) == open.blocked()) {
      boolean _ = open.blocked() ? blocked.add(open.subject()) : blocked.remove(open.subject());
    }
  }

  private static Route bare(Route route) {
    return new Route(
        route.hostname(),
        route.mode(),
        route.backends(),
        route.tls(),
        route.limits(),
        route.policies(),
        Optional.empty());
  }
}
