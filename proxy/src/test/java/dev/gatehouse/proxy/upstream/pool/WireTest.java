package dev.gatehouse.proxy.upstream.pool;

import static dev.gatehouse.proxy.http.Messages.http2Request;
import static dev.gatehouse.proxy.http.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.tls.client.Trust;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.route.BackendProtocol;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTest {

  private static final UpstreamTls TLS = new UpstreamTls(new Trust(true, Optional.empty()), "");

  private final PoolWorld world = new PoolWorld();

  private static Request asked(String what) {
    return switch (what) {
      case "grpc" -> http2Request("POST", false, "content-type", "application/grpc");
      case "websocket" ->
          request(
              "GET·/·HTTP/1.1$Host:·a.example$Connection:·Upgrade$Upgrade:·websocket$"
                  + "Sec-WebSocket-Version:·13$Sec-WebSocket-Key:·x$$");
      default -> request("GET·/·HTTP/1.1$Host:·a.example$$");
    };
  }

  @ParameterizedTest
  @CsvSource({
    "H1, false, plain, , HTTP_1",
    "H1, true, grpc, , HTTP_1",
    "H2C, false, plain, , HTTP_2",
    "H2, true, plain, , HTTP_2",
    "AUTO, true, plain, , NEGOTIATED",
    "AUTO, true, grpc, , NEGOTIATED",
    "AUTO, true, plain, HTTP_2, NEGOTIATED",
    "AUTO, false, plain, , HTTP_1",
    "AUTO, false, grpc, , HTTP_2",
    "AUTO, false, plain, HTTP_2, HTTP_2",
    "AUTO, false, grpc, HTTP_1, HTTP_1",
    "H2C, false, websocket, , HTTP_1",
    "H2, true, websocket, , HTTP_1",
    "AUTO, false, websocket, HTTP_2, HTTP_1",
    "H1, false, plain, HTTP_2, HTTP_1",
  })
  void whatIsSpokenFollowsFromTheRouteTheRequestAndWhatWasLearned(
      BackendProtocol protocol, boolean tls, String what, Wire learned, Wire spoken) {
    Upstream upstream =
        world.upstream(protocol, tls ? Optional.of(TLS) : Optional.empty(), Optional.empty());
    assertThat(Wire.of(upstream, asked(what), Optional.ofNullable(learned))).isEqualTo(spoken);
  }

  @Test
  void bothProtocolsAreOfferedWhereBothWillDo() {
    assertThat(Wire.HTTP_1.protocols()).containsExactly("http/1.1");
    assertThat(Wire.HTTP_2.protocols()).containsExactly("h2");
    assertThat(Wire.NEGOTIATED.protocols()).containsExactly("h2", "http/1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "'', one.test:443, a.example, one.test",
    "'', 192.0.2.1:443, a.example, a.example",
    "'', 192.0.2.1:443, 192.0.2.7, 192.0.2.1",
    "other.example, one.test:443, a.example, other.example",
    "other.example, 192.0.2.1:443, a.example, other.example",
  })
  void aBackendOfTlsMustProveAName(String configured, String backend, String host, String name) {
    UpstreamTls tls = new UpstreamTls(new Trust(true, Optional.empty()), configured);
    Upstream upstream = world.upstream(BackendProtocol.AUTO, Optional.of(tls), Optional.empty());
    Request request = request("GET·/·HTTP/1.1$Host:·" + host + "$$");
    assertThat(
            PoolWorld.asking(upstream, request, world.client)
                .name(Destination.parse(backend).orElseThrow()))
        .isEqualTo(name);
  }

  @Test
  void aConnectionBelongsToItsClientWhereItsHeaderTellsOfIt() {
    Request get = asked("plain");
    Upstream told = world.upstream(BackendProtocol.AUTO, Optional.empty(), Optional.of(Set.of()));
    Upstream untold = world.upstream(BackendProtocol.AUTO);
    assertThat(PoolWorld.asking(told, get, world.client).owner()).contains(world.client.id());
    assertThat(PoolWorld.asking(untold, get, world.client).owner()).isEmpty();
  }
}
