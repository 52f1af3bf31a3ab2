package dev.gatehouse.proxy.ruleset;

import static dev.gatehouse.proxy.ruleset.Rulesets.address;
import static dev.gatehouse.proxy.ruleset.Rulesets.blocked;
import static dev.gatehouse.proxy.ruleset.Rulesets.endpoint;
import static dev.gatehouse.proxy.ruleset.Rulesets.listener;
import static dev.gatehouse.proxy.ruleset.Rulesets.name;
import static dev.gatehouse.proxy.ruleset.Rulesets.required;
import static dev.gatehouse.proxy.ruleset.Rulesets.route;
import static dev.gatehouse.proxy.ruleset.Rulesets.rule;
import static dev.gatehouse.proxy.ruleset.Rulesets.ruleset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.config.ProxyConfig;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.ruleset.Edit.AddPolicy;
import dev.gatehouse.proxy.ruleset.Edit.AddRule;
import dev.gatehouse.proxy.ruleset.Edit.ListenerChoice;
import dev.gatehouse.proxy.ruleset.Edit.Policies;
import dev.gatehouse.proxy.ruleset.Edit.PutRoute;
import dev.gatehouse.proxy.ruleset.Edit.RemovePolicy;
import dev.gatehouse.proxy.ruleset.Edit.RemoveRoute;
import dev.gatehouse.proxy.ruleset.Edit.RemoveRule;
import dev.gatehouse.proxy.ruleset.Edit.Replace;
import dev.gatehouse.proxy.ruleset.Edit.SetMaxConnections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditingTest {

  private static final Route A = route("a.org", "10.0.0.5:443").withPolicies(List.of(blocked("x")));
  private static final Route B = route("b.org", "10.0.0.6:443");
  private static final ListenerConfig PUBLIC = listener(":443", A, B);
  private static final ListenerConfig LOCAL = listener("127.0.0.1:8443");
  private static final FirewallRule BLOCKED = rule(Reason.IP, "192.0.2.1");
  private static final Ruleset ONE =
      ruleset(PUBLIC).with(FirewallRules.of(List.of(BLOCKED, rule(Reason.COUNTRY, "NL"))));
  private static final Ruleset TWO = ruleset(PUBLIC, LOCAL);
  private static final ListenerChoice ONLY = ListenerChoice.ONLY;

  private final Editing editing = new Editing(List.of(endpoint("127.0.0.1:9090")), true);

  @Test
  void theListenerMayBeLeftOutWhereThereIsOne() throws EditRefusedException {
    assertThat(Editing.chosen(ONE, ONLY)).isEqualTo(PUBLIC);
    assertThat(Editing.chosen(TWO, ListenerChoice.of(endpoint("127.0.0.1:8443")))).isEqualTo(LOCAL);
  }

  @Test
  void aListenerThatIsNotMeantClearlyIsRefusedWithThoseThatThereAre() {
    assertThat(refused(TWO, new SetMaxConnections(ONLY, 1)))
        .isEqualTo("INVALID listener_addr: none given; expected one of: [::]:443, 127.0.0.1:8443");
    assertThat(refused(Ruleset.EMPTY, new SetMaxConnections(ONLY, 1)))
        .isEqualTo("INVALID listener_addr: none given; expected one of: (there are no listeners)");
    assertThat(refused(TWO, new SetMaxConnections(ListenerChoice.of(endpoint(":1")), 1)))
        .isEqualTo(
            "NOT_FOUND listener_addr: there is no listener [::]:1;"
                + " expected [::]:443, 127.0.0.1:8443");
  }

  @Test
  void theLimitOfAListenerIsSet() throws EditRefusedException {
    Ruleset limited = editing.edit(ONE, new SetMaxConnections(ONLY, 7));
    assertThat(limited).isEqualTo(ONE.with(PUBLIC.withMaxConnections(7)));
    assertThat(editing.edit(limited, new SetMaxConnections(ONLY, 7))).isEqualTo(limited);
    assertThat(editing.edit(limited, new SetMaxConnections(ONLY, 0))).isEqualTo(ONE);
    assertThat(refused(ONE, new SetMaxConnections(ONLY, -1)))
        .isEqualTo("INVALID max_connections: -1: expected 0 (no limit) or more");
  }

  @Test
  void aRouteIsPutBehindTheOthersOrInThePlaceOfItsName() throws EditRefusedException {
    Route c = route("c.org", "10.0.0.7:443");
    assertThat(editing.edit(ONE, new PutRoute(ONLY, c, Policies.REPLACE)))
        .isEqualTo(ONE.with(PUBLIC.withRoutes(List.of(A, B, c))));
    Route moved = route("a.org", "10.0.0.7:443");
    assertThat(editing.edit(ONE, new PutRoute(ONLY, moved, Policies.REPLACE)))
        .isEqualTo(ONE.with(PUBLIC.withRoutes(List.of(moved, B))));
  }

  @Test
  void aRouteThatIsPutAsItIsChangesNothing() throws EditRefusedException {
    assertThat(editing.edit(ONE, new PutRoute(ONLY, A, Policies.REPLACE))).isSameAs(ONE);
    assertThat(
            editing.edit(
                ONE, new PutRoute(ONLY, A.withPolicies(List.of()), Policies.KEEP_UNLESS_GIVEN)))
        .isSameAs(ONE);
  }

  @Test
  void policiesStayUnlessOthersAreGiven() throws EditRefusedException {
    Route moved = route("a.org", "10.0.0.7:443");
    assertThat(routeAfter(new PutRoute(ONLY, moved, Policies.KEEP_UNLESS_GIVEN)))
        .isEqualTo(moved.withPolicies(List.of(blocked("x"))));
    Route asked = moved.withPolicies(List.of(required("y")));
    assertThat(routeAfter(new PutRoute(ONLY, asked, Policies.KEEP_UNLESS_GIVEN))).isEqualTo(asked);
  }

  private Route routeAfter(Edit edit) throws EditRefusedException {
    return Editing.chosen(Editing.chosen(editing.edit(ONE, edit), ONLY), name("a.org"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ":443 | 127.0.0.1:443 | 127.0.0.1:443: expected another than the listener itself",
        ":443 | localhost:443 | localhost:443: expected another than the listener itself",
        ":443 | 127.0.0.1:9090 | 127.0.0.1:9090 is for this host alone: expected a listener on"
            + " loopback, or another backend",
        ":443 | localhost:9090 | 127.0.0.1:9090 is for this host alone: expected a listener on"
            + " loopback, or another backend",
      })
  void aRouteThatLeadsBackOrPublishesWhatIsLocalIsRefused(
      String listener, String backend, String problem) {
    Route bad = route("c.org", "10.0.0.5:443", backend);
    assertThat(
            refused(
                TWO, new PutRoute(ListenerChoice.of(endpoint(listener)), bad, Policies.REPLACE)))
        .isEqualTo("INVALID route.backend: " + problem);
  }

  @Test
  void aListenerOnLoopbackMayLeadToWhatIsLocal() throws EditRefusedException {
    Route local = route("c.org", "127.0.0.1:9090");
    ListenerChoice choice = ListenerChoice.of(LOCAL.address());
    assertThat(editing.edit(TWO, new PutRoute(choice, local, Policies.REPLACE)))
        .isEqualTo(ruleset(PUBLIC, LOCAL.withRoutes(List.of(local))));
  }

  @Test
  void thereIsALimitOfRoutes() throws EditRefusedException {
    Route[] most =
        IntStream.range(0, ProxyConfig.MAX_ROUTES)
            .mapToObj(i -> route("h" + i + ".org", "10.0.0.5:443"))
            .toArray(Route[]::new);
    Ruleset full = ruleset(listener(":443", most));
    assertThat(refused(full, new PutRoute(ONLY, A, Policies.REPLACE)))
        .isEqualTo("TOO_MANY route: there are 10000 routes; remove one");
    Route moved = route("h0.org", "10.0.0.6:443");
    assertThat(editing.edit(full, new PutRoute(ONLY, moved, Policies.REPLACE)).routes())
        .as("replacing one adds none")
        .isEqualTo(10_000);
  }

  @Test
  void aRouteIsRemoved() throws EditRefusedException {
    assertThat(editing.edit(ONE, new RemoveRoute(ONLY, name("a.org"))))
        .isEqualTo(ONE.with(PUBLIC.withRoutes(List.of(B))));
    assertThat(refused(ONE, new RemoveRoute(ONLY, name("c.org"))))
        .isEqualTo(
            "NOT_FOUND hostname: there is no route c.org of [::]:443;"
                + " expected a hostname of 'gatehouse routes list'");
  }

  @Test
  void aRouteThatTheListenerNamesIsNotRemoved() {
    ListenerConfig naming =
        new ListenerConfig(
            PUBLIC.address(),
            PUBLIC.guard(),
            PUBLIC.routes(),
            Optional.of(name("a.org")),
            Optional.of(name("b.org")));
    assertThat(refused(ruleset(naming), new RemoveRoute(ONLY, name("a.org"))))
        .isEqualTo(
            "NOT_NOW hostname: a.org is the default_route of its listener;"
                + " change that in the file and apply it");
    assertThat(refused(ruleset(naming), new RemoveRoute(ONLY, name("b.org"))))
        .startsWith("NOT_NOW hostname: b.org is the no_sni_route of its listener;");
  }

  @Test
  void aPolicyIsAddedBehindTheOthers() throws EditRefusedException {
    assertThat(routeAfter(new AddPolicy(ONLY, name("a.org"), required("y"))).l7().policies())
        .containsExactly(blocked("x"), required("y"));
    assertThat(refused(ONE, new AddPolicy(ONLY, name("a.org"), blocked("x"))))
        .isEqualTo("ALREADY_EXISTS policy: a.org has block_user_agent=x already");
    assertThat(refused(ONE, new AddPolicy(ONLY, name("c.org"), blocked("x"))))
        .startsWith("NOT_FOUND hostname: there is no route c.org");
  }

  @Test
  void thereIsALimitOfPolicies() {
    List<L7Policy> most =
        IntStream.range(0, L7Policy.MAX_PER_ROUTE).mapToObj(i -> blocked("bot" + i)).toList();
    Ruleset full = ruleset(listener(":443", A.withPolicies(most)));
    assertThat(refused(full, new AddPolicy(ONLY, name("a.org"), required("y"))))
        .isEqualTo("TOO_MANY policy: a.org has 256 policies; remove one");
  }

  @Test
  void aPolicyIsRemoved() throws EditRefusedException {
    assertThat(routeAfter(new RemovePolicy(ONLY, name("a.org"), blocked("x"))).l7().policies())
        .isEmpty();
    assertThat(refused(ONE, new RemovePolicy(ONLY, name("a.org"), required("x"))))
        .isEqualTo(
            "NOT_FOUND policy: there is no require_header=x of a.org;"
                + " expected a policy of 'gatehouse policies list'");
  }

  @Test
  void aRuleIsAddedAndRemoved() throws EditRefusedException {
    FirewallRule rule = rule(Reason.COUNTRY, "DE");
    Ruleset more = editing.edit(ONE, new AddRule(rule));
    assertThat(more.firewall().all()).contains(rule).hasSize(3);
    assertThat(editing.edit(more, new RemoveRule(rule))).isEqualTo(ONE);
    assertThat(refused(ONE, new AddRule(BLOCKED)))
        .isEqualTo("ALREADY_EXISTS rule: ip 192.0.2.1 is blocked already");
    assertThat(refused(ONE, new RemoveRule(rule)))
        .isEqualTo(
            "NOT_FOUND rule: there is no country DE;"
                + " expected a rule of 'gatehouse firewall list'");
  }

  @Test
  void aCountryIsBlockedOnlyWhereCountriesAreKnown() {
    Editing blind = new Editing(List.of(), false);
    assertThat(refused(blind, ONE, new AddRule(rule(Reason.COUNTRY, "DE"))))
        .isEqualTo(
            "NOT_NOW rule: country DE: expected a database of countries;"
                + " set firewall.geoip_db and reload");
  }

  @Test
  void thereIsALimitOfRules() {
    List<FirewallRule> most =
        IntStream.range(0, FirewallRules.MAX_RULES)
            .<FirewallRule>mapToObj(i -> new FirewallRule.Address(IpAddress.ipv4(i)))
            .toList();
    Ruleset full = Ruleset.EMPTY.with(FirewallRules.of(most));
    assertThat(refused(full, new AddRule(rule(Reason.CIDR, "10.0.0.0/8"))))
        .isEqualTo("TOO_MANY rule: there are 100000; remove one");
    assertThat(full.firewall().contains(new FirewallRule.Address(address("0.0.0.1")))).isTrue();
  }

  @Test
  void everythingCanBeReplaced() throws EditRefusedException {
    assertThat(editing.edit(ONE, new Replace(TWO))).isEqualTo(TWO);
  }

  @Test
  void everyEditHasAWordForMetricsAndLogs() {
    assertThat(
            Stream.of(
                    new SetMaxConnections(ONLY, 1),
                    new PutRoute(ONLY, A, Policies.REPLACE),
                    new RemoveRoute(ONLY, name("a.org")),
                    new AddPolicy(ONLY, name("a.org"), blocked("x")),
                    new RemovePolicy(ONLY, name("a.org"), blocked("x")),
                    new AddRule(BLOCKED),
                    new RemoveRule(BLOCKED),
                    new Replace(TWO))
                .map(Edit::operation))
        .containsExactly(
            "set_max_connections",
            "put_route",
            "remove_route",
            "add_policy",
            "remove_policy",
            "add_rule",
            "remove_rule",
            "replace");
  }

  private String refused(Ruleset ruleset, Edit edit) {
    return refused(editing, ruleset, edit);
  }

  private static String refused(Editing editing, Ruleset ruleset, Edit edit) {
    EditRefusedException refusal =
        catchThrowableOfType(EditRefusedException.class, () -> editing.edit(ruleset, edit));
    assertThat(refusal).as("refused").isNotNull();
    return refusal.reason() + " " + refusal.field() + ": " + refusal.getMessage();
  }
}
