package dev.gatehouse.proxy.ruleset;

import static dev.gatehouse.proxy.ruleset.Rulesets.blocked;
import static dev.gatehouse.proxy.ruleset.Rulesets.endpoint;
import static dev.gatehouse.proxy.ruleset.Rulesets.listener;
import static dev.gatehouse.proxy.ruleset.Rulesets.name;
import static dev.gatehouse.proxy.ruleset.Rulesets.required;
import static dev.gatehouse.proxy.ruleset.Rulesets.route;
import static dev.gatehouse.proxy.ruleset.Rulesets.rule;
import static dev.gatehouse.proxy.ruleset.Rulesets.ruleset;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.ruleset.RulesetChange.LimitChanged;
import dev.gatehouse.proxy.ruleset.RulesetChange.ListenerAdded;
import dev.gatehouse.proxy.ruleset.RulesetChange.ListenerChanged;
import dev.gatehouse.proxy.ruleset.RulesetChange.ListenerRemoved;
import dev.gatehouse.proxy.ruleset.RulesetChange.PolicyAdded;
import dev.gatehouse.proxy.ruleset.RulesetChange.PolicyRemoved;
import dev.gatehouse.proxy.ruleset.RulesetChange.RouteAdded;
import dev.gatehouse.proxy.ruleset.RulesetChange.RouteChanged;
import dev.gatehouse.proxy.ruleset.RulesetChange.RouteRemoved;
import dev.gatehouse.proxy.ruleset.RulesetChange.RuleAdded;
import dev.gatehouse.proxy.ruleset.RulesetChange.RuleRemoved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

  private static final Endpoint ADDRESS = endpoint(":443");
  private static final RouteName NAME = name("a.org");
  private static final Route ROUTE = route("a.org", "10.0.0.5:443");

  @Test
  void rulesetsThatMeanTheSameDoNotDiffer() {
    Ruleset one = RandomRulesets.ofAllModes(3).next();
    Ruleset other = RandomRulesets.ofAllModes(3).next();
    assertThat(other).isNotSameAs(one);
    assertThat(Difference.between(one, one)).isEmpty();
    assertThat(Difference.between(one, other)).isEmpty();
  }

  @Test
  void theOrderOfListenersAndRoutesAndRulesMeansNothing() {
    Route second = route("b.org", "10.0.0.6:443");
    FirewallRules rules =
        FirewallRules.of(List.of(rule(Reason.IP, "192.0.2.1"), rule(Reason.IP, "192.0.2.2")));
    FirewallRules reversed = FirewallRules.of(rules.all().reversed());
    Ruleset before = ruleset(listener(":443", ROUTE, second), listener(":8443")).with(rules);
    Ruleset after = ruleset(listener(":8443"), listener(":443", second, ROUTE)).with(reversed);
    assertThat(Difference.between(before, after)).isEmpty();
  }

  @Test
  void aNewListenerComesBeforeItsRoutesAndThoseBeforeTheirPolicies() {
    Route asked = ROUTE.withPolicies(List.of(blocked("x"), required("y")));
    ListenerConfig listener = listener(":443", asked);
    assertThat(Difference.between(Ruleset.EMPTY, ruleset(listener)))
        .containsExactly(
            new ListenerAdded(listener),
            new RouteAdded(ADDRESS, asked),
            new PolicyAdded(ADDRESS, NAME, blocked("x")),
            new PolicyAdded(ADDRESS, NAME, required("y")));
  }

  @Test
  void whatGoesIsFirstAndTakesAllOfItAlong() {
    ListenerConfig gone = listener(":443", ROUTE.withPolicies(List.of(blocked("x"))));
    ListenerConfig here = listener("127.0.0.1:443");
    assertThat(Difference.between(ruleset(gone), ruleset(here)))
        .containsExactly(new ListenerRemoved(gone), new ListenerAdded(here));
  }

  @Test
  void theLimitOfAListenerIsAChangeOfItsOwn() {
    ListenerConfig before = listener(":443", ROUTE);
    ListenerConfig limited = before.withMaxConnections(5);
    assertThat(Difference.between(ruleset(before), ruleset(limited)))
        .containsExactly(new LimitChanged(ADDRESS, 0, 5));
    ListenerConfig guarded =
        new ListenerConfig(
            ADDRESS,
            new Guard(true, List.of(), 5),
            List.of(ROUTE),
            Optional.of(NAME),
            Optional.empty());
    assertThat(Difference.between(ruleset(before), ruleset(guarded)))
        .containsExactly(new LimitChanged(ADDRESS, 0, 5), new ListenerChanged(before, guarded));
  }

  @Test
  void routesGoAndComeAndChange() {
    Route changed = route("a.org", "10.0.0.7:443");
    Route gone = route("b.org", "10.0.0.6:443");
    Route here = route("c.org", "10.0.0.6:443");
    Route same = route("d.org", "10.0.0.6:443");
    assertThat(
            Difference.between(
                ruleset(listener(":443", ROUTE, gone, same)),
                ruleset(listener(":443", here, same, changed))))
        .containsExactly(
            new RouteRemoved(ADDRESS, gone),
            new RouteAdded(ADDRESS, here),
            new RouteChanged(ADDRESS, ROUTE, changed));
  }

  @Test
  void aChangedRouteAndItsPoliciesAreChangesOfTheirOwn() {
    Route before = ROUTE.withPolicies(List.of(blocked("x")));
    Route after = route("a.org", "10.0.0.7:443").withPolicies(List.of(required("y")));
    assertThat(
            Difference.between(ruleset(listener(":443", before)), ruleset(listener(":443", after))))
        .containsExactly(
            new RouteChanged(ADDRESS, before, after),
            new PolicyRemoved(ADDRESS, NAME, blocked("x")),
            new PolicyAdded(ADDRESS, NAME, required("y")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b c | a b c | ''",
        "'' | a b | +a +b",
        "a b | '' | -a -b",
        "a b c | a c | -b",
        "a b | a b c | +c",
        "b | a b | -b +a +b",
        "a b c | a c b | -b -c +c +b",
        "a b | b a | -a -b +b +a",
        "a b c | d c | -a -b -c +d +c",
      })
  void policiesThatComeOutOfOrderComeAnew(String before, String after, String changes) {
    List<String> found =
        Difference.between(
                ruleset(listener(":443", ROUTE.withPolicies(policies(before)))),
                ruleset(listener(":443", ROUTE.withPolicies(policies(after)))))
            .stream()
            .map(DifferenceTest::sign)
            .toList();
    assertThat(replayed(before, found)).as("done in this order").isEqualTo(policies(after));
    assertThat(String.join(" ", found)).isEqualTo(changes);
  }

  private static List<L7Policy> policies(String names) {
    return Stream.of(names.split(" ", -1))
        .filter(n -> !n.isEmpty())
        .map(Rulesets::blocked)
        .toList();
  }

  private static String sign(RulesetChange change) {
    return switch (change) {
      case PolicyAdded added -> "+" + added.policy().value();
      case PolicyRemoved removed -> "-" + removed.policy().value();
      default -> throw new AssertionError(change);
    };
  }

  private static List<L7Policy> replayed(String before, List<String> changes) {
    List<L7Policy> policies = new ArrayList<>(policies(before));
    for (String change : changes) {
      L7Policy policy = blocked(change.substring(1));
      if (change.startsWith("+")) {
        policies.add(policy);
      } else {
        policies.remove(policy);
      }
    }
    return policies;
  }

  @Test
  void rulesOfTheFirewallGoAndCome() {
    Ruleset before =
        Ruleset.EMPTY.with(
            FirewallRules.of(List.of(rule(Reason.IP, "192.0.2.1"), rule(Reason.COUNTRY, "NL"))));
    Ruleset after =
        Ruleset.EMPTY.with(
            FirewallRules.of(List.of(rule(Reason.COUNTRY, "NL"), rule(Reason.CIDR, "10.0.0.0/8"))));
    assertThat(Difference.between(before, after))
        .containsExactly(
            new RuleRemoved(rule(Reason.IP, "192.0.2.1")),
            new RuleAdded(rule(Reason.CIDR, "10.0.0.0/8")));
  }

  @Test
  void everyChangeIsOfTheKindThatMetricsAndTablesName() {
    assertThat(
            Stream.of(
                    new ListenerAdded(listener(":443")),
                    new ListenerRemoved(listener(":443")),
                    new ListenerChanged(listener(":443"), listener(":443")),
                    new LimitChanged(ADDRESS, 0, 1),
                    new RouteAdded(ADDRESS, ROUTE),
                    new RouteRemoved(ADDRESS, ROUTE),
                    new RouteChanged(ADDRESS, ROUTE, ROUTE),
                    new PolicyAdded(ADDRESS, NAME, blocked("x")),
                    new PolicyRemoved(ADDRESS, NAME, blocked("x")),
                    new RuleAdded(rule(Reason.COUNTRY, "NL")),
                    new RuleRemoved(rule(Reason.COUNTRY, "NL")))
                .map(change -> change.kind().label()))
        .isEqualTo(
            List.of(
                "listener",
                "listener",
                "listener",
                "limit",
                "route",
                "route",
                "route",
                "policy",
                "policy",
                "firewall",
                "firewall"));
  }
}
