package dev.gatehouse.proxy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.traffic.ListenerTraffic.Abuse;
import dev.gatehouse.proxy.traffic.ListenerTraffic.Dropped;
import org.junit.jupiter.api.Test;

class ListenerTrafficTest {

  private static final String LISTENER = "0.0.0.0:443";
  private static final RouteName ROUTE = RouteName.parse("a.example").orElseThrow();

  private final EventCounters counters = new EventCounters();
  private final ListenerTraffic traffic = new ListenerTraffic(LISTENER, counters);

  @Test
  void everythingThatIsOfAClosedSetIsThereFromTheStart() {
    Counted counted = Counted.of(counters);
    assertThat(counted.series(Metric.PROXY_REQUESTS_REFUSED))
        .hasSize(RefusalReason.values().length);
    assertThat(counted.series(Metric.PROXY_H2_ABUSE)).hasSize(Abuse.values().length);
    assertThat(counted.series(Metric.PROXY_HEADERS_DROPPED)).hasSize(Dropped.values().length);
    assertThat(counted.sample(Metric.PROXY_TLS_HANDSHAKE_DURATION_SECONDS, LISTENER)).isZero();
    assertThat(counted.series(Metric.PROXY_TLS_HANDSHAKES)).isEmpty();
  }

  @Test
  void refusalsAndAbuseAreCountedByTheirReason() {
    traffic.refused(RefusalReason.URI_LENGTH);
    traffic.refused(RefusalReason.URI_LENGTH);
    traffic.abused(Abuse.RAPID_RESET);
    assertThat(sample(Metric.PROXY_REQUESTS_REFUSED, "uri_length")).isEqualTo(2);
    assertThat(sample(Metric.PROXY_REQUESTS_REFUSED, "header")).isZero();
    assertThat(sample(Metric.PROXY_H2_ABUSE, "rapid_reset")).isEqualTo(1);
  }

  @Test
  void droppedFieldsAreCountedOneByOne() {
    traffic.dropped(Dropped.SPOOFED_FORWARDING, 3);
    traffic.dropped(Dropped.SPOOFED_FORWARDING, 0);
    assertThat(sample(Metric.PROXY_HEADERS_DROPPED, "spoofed_forwarding")).isEqualTo(3);
  }

  @Test
  void aHandshakeIsCountedByWhatWasAgreedOn() {
    traffic.agreed(ROUTE, "TLSv1.3", false, 0.002);
    traffic.agreed(ROUTE, "TLSv1.3", true, 0.001);
    Counted counted = Counted.of(counters);
    assertThat(
            counted.sample(Metric.PROXY_TLS_HANDSHAKES, LISTENER, "a.example", "TLSv1.3", "true"))
        .isEqualTo(1);
    assertThat(
            counted.sample(Metric.PROXY_TLS_HANDSHAKES, LISTENER, "a.example", "TLSv1.3", "false"))
        .isEqualTo(1);
    assertThat(counted.sample(Metric.PROXY_TLS_HANDSHAKE_DURATION_SECONDS, LISTENER)).isEqualTo(2);
  }

  @Test
  void aFailureIsCountedForTheRouteAndForTheWholeProcess() {
    traffic.failed(ROUTE, HandshakeFailure.CLIENT_ALERT);
    Counted counted = Counted.of(counters);
    assertThat(
            counted.sample(
                Metric.PROXY_TLS_HANDSHAKE_FAILURES, LISTENER, "a.example", "client_alert"))
        .isEqualTo(1);
    assertThat(counted.sample(Metric.TLS_HANDSHAKE_FAILURES, "proxy", "client_alert")).isEqualTo(1);
  }

  private double sample(Metric metric, String label) {
    return Counted.of(counters).sample(metric, LISTENER, label);
  }
}
