package dev.gatehouse.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.gatehouse.client.proxy.BackendTls;
import dev.gatehouse.client.proxy.Backends;
import dev.gatehouse.client.proxy.Backends.Balance;
import dev.gatehouse.client.proxy.Backends.Protocol;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.ProxyHeader;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.proxy.RouteLimits;
import dev.gatehouse.client.proxy.RouteStatus;
import dev.gatehouse.client.proxy.ServerTls;
import dev.gatehouse.v1.RouteState;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouteMessagesTest {

  private static final Route FULL =
      Route.l7("www.example.org", "127.0.0.1:8080", new ServerTls("/c.pem", "/k.pem", "1.2"))
          .withBackends(
              Backends.several(
                      List.of("127.0.0.1:8080", "[::1]:8080"),
                      Balance.LEAST_CONNECTIONS,
                      Duration.ofMillis(2500))
                  .withProtocol(Protocol.H2)
                  .withTls(new BackendTls(true, false, "/ca.pem", "inner.example.org"))
                  .withProxyHeader(ProxyHeader.of(ProxyHeader.Tlv.SSL, ProxyHeader.Tlv.CRC32C)))
          .withLimits(
              new RouteLimits(
                  Optional.of(Duration.ZERO),
                  Optional.of(Duration.ofSeconds(5)),
                  OptionalLong.of(0)))
          .withPolicies(
              List.of(
                  new L7Policy(L7Policy.Type.BLOCK_USER_AGENT, "BadBot"),
                  new L7Policy(L7Policy.Type.REQUIRE_HEADER, "X-Api-Key")));

  @Test
  void everyFieldComesBackAsItWasSent() {
    assertThat(RouteMessages.route(RouteMessages.message(FULL))).isEqualTo(FULL);
    Route plain = Route.l4("git.example.org", "10.0.0.5:443");
    assertThat(RouteMessages.route(RouteMessages.message(plain))).isEqualTo(plain);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void everyProtocolComesBack(Protocol protocol) {
    Route route = plain(Backends.one("a:1").withProtocol(protocol));
    assertThat(RouteMessages.route(RouteMessages.message(route))).isEqualTo(route);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void everyTlvComesBack(ProxyHeader.Tlv tlv) {
    Route route = plain(Backends.one("a:1").withProxyHeader(ProxyHeader.of(tlv)));
    assertThat(RouteMessages.route(RouteMessages.message(route))).isEqualTo(route);
  }

  @Test
  void oneBackendIsSentInTheFieldThatEveryDaemonKnows() {
    dev.gatehouse.v1.Route one = RouteMessages.message(plain(Backends.one("a:1")));
    assertThat(one.getBackend()).isEqualTo("a:1");
    assertThat(one.getBackendsList()).isEmpty();
    dev.gatehouse.v1.Route two = RouteMessages.message(FULL);
    assertThat(two.getBackend()).isEmpty();
    assertThat(two.getBackendsList()).hasSize(2);
  }

  @Test
  void aStatusIsReadAndNeverSent() {
    dev.gatehouse.v1.Route answered =
        RouteMessages.message(FULL).toBuilder()
            .setStatus(
                dev.gatehouse.v1.RouteStatus.newBuilder()
                    .setId(7)
                    .setListenerAddr(":443")
                    .setState(RouteState.ROUTE_STATE_BACKEND_DOWN)
                    .setDetail("connection refused")
                    .setActiveConnections(3)
                    .setCertificateNotAfter(Timestamp.newBuilder().setSeconds(60))
                    .setLearnedProtocol("h2"))
            .build();
    Route route = RouteMessages.route(answered);
    assertThat(route.status())
        .contains(
            new RouteStatus(
                7,
                ":443",
                RouteStatus.State.BACKEND_DOWN,
                "connection refused",
                3,
                Optional.of(Instant.ofEpochSecond(60)),
                "h2"));
    assertThat(RouteMessages.message(route).hasStatus()).isFalse();
  }

  @Test
  void whatAnOldClientLeavesOutMeansWhatItAlwaysMeant() throws Exception {
    Route route =
        RouteMessages.route(
            recorded(
                "0a 0f 676974 2e 6578616d706c65 2e 6f7267" // 1: hostname, 15 bytes
                    + "12 0c 31302e302e302e35 3a 343433")); // 2: backend, 12 bytes
    assertThat(route).isEqualTo(Route.l4("git.example.org", "10.0.0.5:443"));
    assertThat(route.backends().tls().verified()).isTrue();
    assertThat(route.limits()).isEqualTo(RouteLimits.INHERITED);
  }

  @Test
  void onlyAnExplicitNoSwitchesVerificationOff() throws Exception {
    assertThat(RouteMessages.route(recorded("30 01")).backends().tls()) // 6: backend_tls
        .isEqualTo(BackendTls.VERIFIED);
    assertThat(RouteMessages.route(recorded("30 01 50 00")).backends().tls().verified())
        .isFalse(); // 10: backend_tls_verify
    assertThat(RouteMessages.route(recorded("30 01 50 01")).backends().tls().verified()).isTrue();
  }

  @Test
  void fieldsOfANewerPeerAreIgnoredAndKept() throws Exception {
    String newer = "0a 01 61" + "fa 01 03 6e6577" + "80 02 2a"; // 1: a, 31: new, 32: 42
    dev.gatehouse.v1.Route message = recorded(newer);
    assertThat(RouteMessages.route(message).hostname()).isEqualTo("a");
    assertThat(HexFormat.of().formatHex(message.toByteArray())).isEqualTo(newer.replace(" ", ""));
  }

  @Test
  void valuesOfANewerPeerAreUnknownAndNeverSentBack() throws Exception {
    Route route =
        RouteMessages.route(
            recorded(
                "18 63" // 3: mode 99
                    + "48 63" // 9: backend_protocol 99
                    + "6a 01 63" // 13: send_proxy_tlvs 99
                    + "98 01 63" // 19: balance 99
                    + "f2 01 02 18 63")); // 30: status, its 3: state 99
    assertThat(route.mode()).isEqualTo(Route.Mode.UNKNOWN);
    assertThat(route.backends().protocol()).isEqualTo(Protocol.UNKNOWN);
    assertThat(route.backends().balance()).isEqualTo(Balance.UNKNOWN);
    assertThat(route.backends().proxyHeader().tlvs()).containsExactly(ProxyHeader.Tlv.UNKNOWN);
    assertThat(route.status().map(RouteStatus::state)).contains(RouteStatus.State.UNKNOWN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RouteMessages.message(route))
        .withMessageStartingWith("mode: UNKNOWN");
    for (Backends unknown :
        List.of(
            Backends.one("a:1").withProtocol(Protocol.UNKNOWN),
            Backends.several(List.of("a:1"), Balance.UNKNOWN, Duration.ZERO),
            Backends.one("a:1").withProxyHeader(ProxyHeader.of(ProxyHeader.Tlv.UNKNOWN)))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RouteMessages.message(plain(unknown)))
          .withMessageContaining(": UNKNOWN (expected: a value that this program knows)");
    }
  }

  private static Route plain(Backends backends) {
    return Route.l4("a", "b:1").withBackends(backends);
  }

  private static dev.gatehouse.v1.Route recorded(String hex) throws InvalidProtocolBufferException {
    return dev.gatehouse.v1.Route.parseFrom(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
