package dev.gatehouse.proxy.http;

import static dev.gatehouse.proxy.http.Messages.http2Request;
import static dev.gatehouse.proxy.http.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The notation is that of {@link Messages}. */
class RequestTest {

  @ParameterizedTest(name = "H1-CONN {0}")
  @CsvSource({
    "GET·/·HTTP/1.1$Host:·a$$, true",
    "GET·/·HTTP/1.1$Host:·a$Connection:·keep-alive$$, true",
    "GET·/·HTTP/1.1$Host:·a$Connection:·Close$$, false",
    "'GET·/·HTTP/1.1$Host:·a$Connection:·x,·close$$', false",
    "GET·/·HTTP/1.0$Host:·a$Connection:·keep-alive$$, false",
  })
  void aConnectionGoesOnUnlessTheClientWantsOtherwise(String text, boolean goesOn) {
    assertThat(request(text).keepsAlive()).isEqualTo(goesOn);
  }

  @Test
  void aConnectionOfHttp2GoesOn() {
    assertThat(http2Request("GET", true).keepsAlive()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "application/grpc, true",
    "Application/gRPC+proto, true",
    "application/grpc;charset=x, true",
    "application/grpc-web, false",
    "application/json, false",
  })
  void gRpcIsKnownByItsMediaType(String type, boolean isGrpc) {
    assertThat(http2Request("POST", false, "content-type", type).isGrpc()).isEqualTo(isGrpc);
  }

  @Test
  void gRpcNeedsHttp2() {
    assertThat(request("POST·/·HTTP/1.1$Host:·a$Content-Type:·application/grpc$$").isGrpc())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /a?b, /a?b",
    "GET, https://a/b?c, /b?c",
    "GET, HTTP://a, /",
    "GET, https://a?b, /?b",
    "OPTIONS, https://a, *",
    "OPTIONS, *, *",
    "GET, /https://a/b, /https://a/b",
  })
  void thePathIsTheTargetWithoutTheAuthority(String method, String target, String path) {
    assertThat(request(method + "·" + target + "·HTTP/1.1$Host:·a$$").path()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({"HEAD, 200, true", "GET, 204, true", "GET, 304, true", "GET, 200, false"})
  void someResponsesEndWithTheirHead(String method, int status, boolean ends) {
    assertThat(request(method + "·/·HTTP/1.1$Host:·a$$").endsWithHead(status)).isEqualTo(ends);
  }
}
