package dev.gatehouse.proxy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.traffic.RequestTraffic.Kind;
import dev.gatehouse.proxy.traffic.RequestTraffic.Origin;
import dev.gatehouse.proxy.traffic.RequestTraffic.Retry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTrafficTest {

  private static final String LISTENER = "0.0.0.0:443";
  private static final String ROUTE = "a.example";

  private final EventCounters counters = new EventCounters();
  private final RequestTraffic traffic = new RequestTraffic(LISTENER, ROUTE, counters);

  @Test
  void everythingButResponsesIsThereFromTheStart() {
    Counted counted = counted();
    assertThat(counted.series(Metric.PROXY_REQUESTS)).hasSize(Kind.values().length);
    assertThat(counted.series(Metric.PROXY_RETRIES)).hasSize(Retry.values().length);
    assertThat(counted.series(Metric.PROXY_POLICY_BLOCKED)).hasSize(L7Policy.Type.values().length);
    assertThat(counted.sample(Metric.PROXY_REQUESTS_ACTIVE, LISTENER, ROUTE)).isZero();
    assertThat(counted.series(Metric.PROXY_RESPONSES)).isEmpty();
  }

  @Test
  void aRequestIsActiveUntilItHasEnded() {
    traffic.began(Kind.HTTP_2);
    traffic.began(Kind.GRPC);
    assertThat(counted().sample(Metric.PROXY_REQUESTS_ACTIVE, LISTENER, ROUTE)).isEqualTo(2);
    traffic.ended(Duration.ofMillis(3).toNanos());
    assertThat(counted().sample(Metric.PROXY_REQUESTS_ACTIVE, LISTENER, ROUTE)).isEqualTo(1);
    assertThat(counted().sample(Metric.PROXY_REQUESTS, LISTENER, ROUTE, "grpc")).isEqualTo(1);
    assertThat(counted().sample(Metric.PROXY_REQUEST_DURATION_SECONDS, LISTENER, ROUTE))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "404, 404", "299, 2xx", "599, 5xx", "101, 101"})
  void aResponseIsCountedByTheWordForItsStatus(int status, String word) {
    traffic.responded(status, Origin.BACKEND);
    traffic.responded(status, Origin.BACKEND);
    assertThat(counted().sample(Metric.PROXY_RESPONSES, LISTENER, ROUTE, word, "backend"))
        .isEqualTo(2);
  }

  @Test
  void twoStatusesOfOneWordAreOneSeries() {
    traffic.responded(298, Origin.BACKEND);
    traffic.responded(299, Origin.BACKEND);
    assertThat(counted().sample(Metric.PROXY_RESPONSES, LISTENER, ROUTE, "2xx", "backend"))
        .isEqualTo(2);
  }

  @Test
  void whoMadeAResponseIsPartOfTheCount() {
    traffic.responded(502, Origin.BACKEND);
    traffic.responded(502, Origin.PROXY);
    assertThat(counted().sample(Metric.PROXY_RESPONSES, LISTENER, ROUTE, "502", "backend"))
        .isEqualTo(1);
    assertThat(counted().sample(Metric.PROXY_RESPONSES, LISTENER, ROUTE, "502", "proxy"))
        .isEqualTo(1);
  }

  @Test
  void retriesAndPoliciesAreCountedByReason() {
    traffic.retried(Retry.STALE_CONNECTION);
    traffic.blocked(L7Policy.Type.REQUIRE_HEADER);
    assertThat(counted().sample(Metric.PROXY_RETRIES, LISTENER, ROUTE, "stale_connection"))
        .isEqualTo(1);
    assertThat(counted().sample(Metric.PROXY_POLICY_BLOCKED, LISTENER, ROUTE, "require_header"))
        .isEqualTo(1);
  }

  @Test
  void aRequestIsOfTheKindThatTellsMost() {
    String host = "Host:·a$";
    assertThat(Kind.of(Messages.request("GET·/·HTTP/1.1$" + host + "$"))).isEqualTo(Kind.HTTP_1_1);
    assertThat(Kind.of(Messages.request("GET·/·HTTP/1.0$" + host + "$"))).isEqualTo(Kind.HTTP_1_0);
    assertThat(
            Kind.of(
                Messages.request(
                    "GET·/·HTTP/1.1$"
                        + host
                        + "Connection:·upgrade$Upgrade:·websocket$Sec-WebSocket-Version:·13$$")))
        .isEqualTo(Kind.WEB_SOCKET);
    assertThat(Kind.of(Messages.http2Request("GET", true))).isEqualTo(Kind.HTTP_2);
    assertThat(Kind.of(Messages.http2Request("POST", false, "content-type", "application/grpc")))
        .isEqualTo(Kind.GRPC);
  }

  private Counted counted() {
    return Counted.of(counters, traffic);
  }
}
