package dev.gatehouse.proxy.http.forward;

import static dev.gatehouse.proxy.http.Messages.fields;
import static dev.gatehouse.proxy.http.Messages.http2Request;
import static dev.gatehouse.proxy.http.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.HttpVersion;
import dev.gatehouse.wire.http.RequestLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notation is that of {@link dev.gatehouse.proxy.http.Messages}. */
class BackendRequestTest {

  private static BackendRequest backend(Request request) {
    return new BackendRequest(request, Untold.of(request));
  }

  private static Fields http1(Request request) {
    return backend(request).http1().fields();
  }

  private static Http2Request http2(Request request) {
    return backend(request).http2("https");
  }

  @Test
  void aRequestGoesOnWithoutItsHop() {
    Request request =
        request(
            "POST·/a%20b?c·HTTP/1.1$User-Agent:·x$Host:·A.Example:443$Content-Length:·5$"
                + "Connection:·close,·X-Hop$X-Hop:·1$Keep-Alive:·5$TE:·trailers$Upgrade:·h2c$"
                + "Proxy-Authorization:·x$Cookie:·a=b$Cookie:·c=d$$");
    assertThat(backend(request).http1())
        .isEqualTo(
            new Head<>(
                new RequestLine("POST", "/a%20b?c", HttpVersion.HTTP_1_1),
                fields(
                    "Host", "A.Example:443",
                    "User-Agent", "x",
                    "Cookie", "a=b",
                    "Cookie", "c=d",
                    "Content-Length", "5")));
  }

  @Test
  void aChunkedBodyIsChunkedAnew() {
    assertThat(http1(request("POST·/·HTTP/1.1$Host:·a$Transfer-Encoding:·Chunked$$")))
        .isEqualTo(fields("Host", "a", "Transfer-Encoding", "chunked"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, true, 0,",
    "PUT, true, 0,",
    "PATCH, true, 0,",
    "GET, true, ,",
    "HEAD, true, ,",
    "POST, false, , chunked",
    "GET, false, , chunked",
  })
  void aBodyOfHttp2IsFramedForHttp1(String method, boolean ended, String length, String coding) {
    Fields head = http1(http2Request(method, ended));
    assertThat(head.only("Content-Length").orElse(null)).isEqualTo(length);
    assertThat(head.only("Transfer-Encoding").orElse(null)).isEqualTo(coding);
  }

  @Test
  void aLengthOfHttp2StaysOne() {
    Request request = http2Request("POST", false, "content-length", "5");
    assertThat(http1(request)).isEqualTo(fields("Host", "a.example", "Content-Length", "5"));
    assertThat(http2(request).fields()).isEqualTo(fields("Content-Length", "5"));
  }

  @Test
  void crumbsOfACookieAreJoinedForHttp1Alone() {
    Request request = http2Request("GET", true, "cookie", "a=1", "cookie", "b=2", "x", "y");
    assertThat(http1(request))
        .isEqualTo(fields("Host", "a.example", "x", "y", "Cookie", "a=1; b=2"));
    assertThat(http2(request).fields().values("cookie")).containsExactly("a=1", "b=2");
  }

  @Test
  void http2GetsPseudoHeaders() {
    Request request =
        request(
            "GET·https://a.example/b?c·HTTP/1.1$Host:·a.example$X-Aa:·Bb$"
                + "Transfer-Encoding:·chunked$Connection:·X-Hop$X-Hop:·1$$");
    assertThat(http2(request))
        .isEqualTo(new Http2Request("GET", "https", "a.example", "/b?c", fields("X-Aa", "Bb")));
  }

  @ParameterizedTest
  @CsvSource({"trailers, trailers", "'deflate, trailers', trailers", "deflate,"})
  void teIsTrailersForHttp2AndNothingElse(String te, String kept) {
    Request request = request("GET·/·HTTP/1.1$Host:·a$TE:·" + te + "$$");
    assertThat(http2(request).fields().only("te").orElse(null)).isEqualTo(kept);
    assertThat(http1(request).has("te")).isFalse();
  }

  @Test
  void aWebSocketIsAskedForAnew() {
    Request request =
        request(
            "GET·/·HTTP/1.1$Host:·a$Connection:·keep-alive,·Upgrade$Upgrade:·websocket$"
                + "Sec-WebSocket-Version:·13$Sec-WebSocket-Key:·x$$");
    assertThat(http1(request))
        .isEqualTo(
            fields(
                "Host", "a",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", "x",
                "Connection", "Upgrade",
                "Upgrade", "websocket"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2c", "other", "h2c,·websocket", "websocket,·h2c"})
  void anyOtherUpgradeIsStripped(String protocol) {
    assertThat(
            http1(
                request(
                    "GET·/·HTTP/1.1$Host:·a$Connection:·Upgrade,·HTTP2-Settings$Upgrade:·"
                        + protocol
                        + "$HTTP2-Settings:·AAMAAABk$Sec-WebSocket-Version:·13$$")))
        .isEqualTo(fields("Host", "a", "Sec-WebSocket-Version", "13"));
  }

  @Test
  void anExpectationTravelsOnButFromHttp10() {
    String request = "POST·/·HTTP/%s$Host:·a$Expect:·100-continue$Content-Length:·5$$";
    assertThat(http1(request(request.formatted("1.1"))).only("Expect")).contains("100-continue");
    assertThat(http1(request(request.formatted("1.0"))).has("Expect")).isFalse();
  }

  @Test
  void encodedLineEndsStayEncoded() {
    Request request = request("GET·/%0d%0aX:%20y·HTTP/1.1$Host:·a$X:·%0d%0a$$");
    assertThat(backend(request).http1().start().target()).isEqualTo("/%0d%0aX:%20y");
    assertThat(http1(request).only("X")).contains("%0d%0a");
  }
}
