package dev.gatehouse.proxy.ruleset;

import static dev.gatehouse.proxy.ruleset.Rulesets.blocked;
import static dev.gatehouse.proxy.ruleset.Rulesets.endpoint;
import static dev.gatehouse.proxy.ruleset.Rulesets.listener;
import static dev.gatehouse.proxy.ruleset.Rulesets.name;
import static dev.gatehouse.proxy.ruleset.Rulesets.route;
import static dev.gatehouse.proxy.ruleset.Rulesets.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.ruleset.RulesetChange.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTextTest {

  private static final Endpoint ADDRESS = endpoint(":443");
  private static final Route ROUTE =
      route("a.org", "10.0.0.5:443").withPolicies(List.of(blocked("x")));
  private static final String ROUTE_TEXT =
      "{hostname = \"a.org\", mode = \"l4\", backend = \"10.0.0.5:443\"}";
  private static final ListenerConfig LISTENER = listener(":443", ROUTE);
  private static final String LISTENER_TEXT = "{addr = \"[::]:443\"}";

  @Test
  void aListenerIsToldWithoutItsRoutes() {
    told(new RulesetChange.ListenerAdded(LISTENER), Kind.LISTENER, "[::]:443", "", LISTENER_TEXT);
    told(new RulesetChange.ListenerRemoved(LISTENER), Kind.LISTENER, "[::]:443", LISTENER_TEXT, "");
    told(
        new RulesetChange.ListenerChanged(LISTENER, LISTENER.withMaxConnections(5)),
        Kind.LISTENER,
        "[::]:443",
        LISTENER_TEXT,
        "{addr = \"[::]:443\", max_connections = 5}");
  }

  @Test
  void aLimitIsANumber() {
    told(new RulesetChange.LimitChanged(ADDRESS, 0, 5), Kind.LIMIT, "[::]:443", "0", "5");
  }

  @Test
  void aRouteIsToldWithoutItsPolicies() {
    String subject = "[::]:443 a.org";
    told(new RulesetChange.RouteAdded(ADDRESS, ROUTE), Kind.ROUTE, subject, "", ROUTE_TEXT);
    told(new RulesetChange.RouteRemoved(ADDRESS, ROUTE), Kind.ROUTE, subject, ROUTE_TEXT, "");
    told(
        new RulesetChange.RouteChanged(ADDRESS, ROUTE, route("a.org", "10.0.0.6:443")),
        Kind.ROUTE,
        subject,
        ROUTE_TEXT,
        "{hostname = \"a.org\", mode = \"l4\", backend = \"10.0.0.6:443\"}");
  }

  @Test
  void aPolicyIsToldAsOperatorsWriteIt() {
    told(
        new RulesetChange.PolicyAdded(ADDRESS, name("*.org"), blocked("x")),
        Kind.POLICY,
        "[::]:443 *.org",
        "",
        "block_user_agent=x");
    told(
        new RulesetChange.PolicyRemoved(ADDRESS, name("*.org"), blocked("x")),
        Kind.POLICY,
        "[::]:443 *.org",
        "block_user_agent=x",
        "");
  }

  @Test
  void aRuleOfTheFirewallIsItsTypeAndItsValue() {
    told(
        new RulesetChange.RuleAdded(rule(Reason.CIDR, "10.0.0.0/8")),
        Kind.FIREWALL,
        "cidr",
        "",
        "10.0.0.0/8");
    told(
        new RulesetChange.RuleRemoved(rule(Reason.COUNTRY, "nl")),
        Kind.FIREWALL,
        "country",
        "NL",
        "");
  }

  private static void told(
      RulesetChange change, Kind kind, String subject, String before, String after) {
    assertThat(ChangeText.of(change)).isEqualTo(new ChangeText(kind, subject, before, after));
  }
}
