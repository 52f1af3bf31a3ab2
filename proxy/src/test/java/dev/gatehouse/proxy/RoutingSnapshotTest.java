package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.ruleset.Rulesets;
import dev.gatehouse.wire.tls.ServerName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingSnapshotTest {

  private static final String ADDRESS = "127.0.0.1:443";

  private final EventCounters counters = new EventCounters();

  @Test
  void aNameLeadsToWhatTheModeOfItsRouteSays() {
    RoutingSnapshot snapshot = snapshot(l7("a.example"), Rulesets.route("b.example", "10.0.0.5:1"));
    assertThat(find(snapshot, "a.example"))
        .containsInstanceOf(Target.Terminated.class)
        .get()
        .satisfies(target -> assertThat(target.route()).isEqualTo(l7("a.example")));
    assertThat(find(snapshot, "b.example")).containsInstanceOf(Target.Passed.class);
    assertThat(find(snapshot, "c.example")).isEmpty();
  }

  @Test
  void whatHasNotChangedGoesOnAsItIs() {
    RoutingSnapshot before = snapshot(l7("a.example"), Rulesets.route("b.example", "10.0.0.5:1"));
    RoutingSnapshot after =
        before.next(
            config(l7("c.example"), Rulesets.route("b.example", "10.0.0.5:1"), l7("a.example")),
            counters);
    assertThat(after.target(Rulesets.name("a.example")).orElseThrow())
        .isSameAs(before.target(Rulesets.name("a.example")).orElseThrow());
    assertThat(after.target(Rulesets.name("b.example")).orElseThrow())
        .isSameAs(before.target(Rulesets.name("b.example")).orElseThrow());
    assertThat(after.has(Rulesets.name("c.example"))).isTrue();
  }

  @Test
  void anotherPolicyKeepsConnectionsAndCounts() {
    RoutingSnapshot before = snapshot(l7("a.example"));
    Route told = l7("a.example").withPolicies(List.of(Rulesets.required("X-Key")));
    RoutingSnapshot after = before.next(config(told), counters);
    TerminatedRoute one = running(before);
    TerminatedRoute next = running(after);
    assertThat(next.route()).isEqualTo(told);
    assertThat(next.upstream()).isSameAs(one.upstream());
    assertThat(next.backends()).isSameAs(one.backends());
    assertThat(next.traffic()).isSameAs(one.traffic());
    assertThat(next.requests()).isSameAs(one.requests());
    assertThat(one.route().l7().policies()).isEmpty();
  }

  @Test
  void aRouteOfAnotherModeIsAnotherRoute() {
    RoutingSnapshot before = snapshot(Rulesets.route("a.example", "127.0.0.1:9"));
    RoutingSnapshot after = before.next(config(l7("a.example")), counters);
    assertThat(after.target(Rulesets.name("a.example")))
        .containsInstanceOf(Target.Terminated.class);
    RoutingSnapshot back = after.next(config(Rulesets.route("a.example", "127.0.0.1:9")), counters);
    assertThat(back.target(Rulesets.name("a.example"))).containsInstanceOf(Target.Passed.class);
  }

  @Test
  void aRouteThatIsGoneIsNotThere() {
    RoutingSnapshot after = snapshot(l7("a.example")).next(config(), counters);
    assertThat(after.has(Rulesets.name("a.example"))).isFalse();
    assertThat(after.targets()).isEmpty();
    assertThat(find(after, "a.example")).isEmpty();
  }

  @Test
  void aSnapshotDoesNotChange() {
    RoutingSnapshot before = snapshot(l7("a.example"));
    RoutingSnapshot _ = before.next(config(l7("b.example")), counters);
    assertThat(before.has(Rulesets.name("a.example"))).isTrue();
    assertThat(before.has(Rulesets.name("b.example"))).isFalse();
  }

  private static TerminatedRoute running(RoutingSnapshot snapshot) {
    return ((Target.Terminated) snapshot.targets().iterator().next()).running();
  }

  private static Optional<Target> find(RoutingSnapshot snapshot, String name) {
    return snapshot.table().find(ServerName.parse(name).orElseThrow());
  }

  private RoutingSnapshot snapshot(Route... routes) {
    return RoutingSnapshot.of(config(routes), counters);
  }

  private static ListenerConfig config(Route... routes) {
    return Rulesets.listener(ADDRESS, routes);
  }

  private static Route l7(String hostname) {
    Route plain = Rulesets.route(hostname, "127.0.0.1:9");
    return new Route(
        plain.hostname(),
        RouteMode.L7,
        plain.backends(),
        plain.balance(),
        plain.healthInterval(),
        plain.header(),
        plain.idleTimeout(),
        plain.l7().withCertificate("/a.pem", "/a.key"));
  }
}
