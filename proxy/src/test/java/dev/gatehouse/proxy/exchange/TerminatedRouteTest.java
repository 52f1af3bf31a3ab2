package dev.gatehouse.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.traffic.RequestTraffic;
import dev.gatehouse.proxy.upstream.Backends;
import dev.gatehouse.proxy.upstream.UnansweredDialer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TerminatedRouteTest {

  private final EventCounters counters = new EventCounters();
  private final TerminatedRoute route = new TerminatedRoute("front", plain("one"), counters);

  private static Route plain(String... backends) {
    return route(Balance.ROUND_ROBIN, Optional.empty(), L7Settings.NONE, backends);
  }

  private static Route with(L7Settings settings) {
    return route(Balance.ROUND_ROBIN, Optional.empty(), settings, "one");
  }

  private static Route route(
      Balance balance, Optional<Set<SentTlv>> header, L7Settings settings, String... backends) {
    return new Route(
        RouteName.parse("a.example").orElseThrow(),
        RouteMode.L7,
        UnansweredDialer.destinations(backends),
        balance,
        Duration.ZERO,
        header,
        Optional.empty(),
        settings);
  }

  private static L7Settings speech(BackendProtocol protocol, Optional<BackendTls> tls) {
    return new L7Settings(
        "", "", tls, protocol, Optional.empty(), Optional.empty(), OptionalLong.empty(), List.of());
  }

  private void assertNewSpeech(Route told) {
    TerminatedRoute next = route.changed(told);
    assertThat(next.upstream()).isNotSameAs(route.upstream());
    assertThat(next.backends()).as("what is known of backends").isSameAs(route.backends());
  }

  private void assertNewBackends(Route told) {
    TerminatedRoute next = route.changed(told);
    assertThat(next.backends()).isNotSameAs(route.backends());
    assertThat(next.upstream()).isNotSameAs(route.upstream());
  }

  @Test
  void otherPoliciesKeepConnectionsAndCounts() {
    L7Policy policy = new L7Policy(L7Policy.Type.BLOCK_USER_AGENT, "bot");
    TerminatedRoute next = route.changed(plain("one").withPolicies(List.of(policy)));
    assertThat(next.upstream()).isSameAs(route.upstream());
    assertThat(next.backends()).isSameAs(route.backends());
    assertThat(next.traffic()).isSameAs(route.traffic());
    assertThat(next.requests()).isSameAs(route.requests());
    assertThat(next.policies()).isNotSameAs(route.policies());
    assertThat(next.route().l7().policies()).containsExactly(policy);
    assertThat(next.listener()).isEqualTo("front");
  }

  @Test
  void otherBackendsBeginAnew() {
    assertNewBackends(plain("two"));
    assertNewBackends(plain("one", "two"));
    assertNewBackends(route(Balance.LEAST_CONNECTIONS, Optional.empty(), L7Settings.NONE, "one"));
  }

  @Test
  void anotherWayToSpeakMakesOtherConnectionsToTheSameBackends() {
    assertNewSpeech(with(speech(BackendProtocol.H2C, Optional.empty())));
    assertNewSpeech(with(speech(BackendProtocol.AUTO, Optional.of(BackendTls.VERIFIED))));
    assertNewSpeech(route(Balance.ROUND_ROBIN, Optional.of(Set.of()), L7Settings.NONE, "one"));
  }

  @Test
  void countsGoOnWhateverChanges() {
    route.requests().began(RequestTraffic.Kind.HTTP_2);
    TerminatedRoute next = route.changed(plain("two"));
    next.requests().began(RequestTraffic.Kind.HTTP_2);
    assertThat(counters.counter(Metric.PROXY_REQUESTS, "front", "a.example", "h2").sum())
        .isEqualTo(2);
  }

  @Test
  void tellsWhetherBackendsAreReachable() {
    TerminatedRoute two = route.changed(plain("one", "two"));
    Backends.hold(two.backends().backends().getFirst(), true);
    assertThat(two.isReachable()).isTrue();
    Backends.hold(two.backends().backends().getLast(), true);
    assertThat(two.isReachable()).isFalse();
    assertThat(up(two)).containsExactly("one.test:80 0", "two.test:80 0");
    Backends.hold(two.backends().backends().getLast(), false);
    assertThat(up(two)).containsExactly("one.test:80 0", "two.test:80 1");
  }

  private static List<String> up(TerminatedRoute route) {
    List<String> samples = new ArrayList<>();
    route.collect(
        (metric, value, labels) -> {
          if (metric == Metric.PROXY_BACKEND_UP) {
            samples.add(labels[2] + ' ' + (int) value);
          }
        });
    return samples;
  }
}
