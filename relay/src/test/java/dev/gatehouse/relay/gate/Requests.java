package dev.gatehouse.relay.gate;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/** Requests as good peers send them, for tests to spoil. */
final class Requests {

  static final String ID = "5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37";

  private Requests() {}

  static HttpRequest binary() {
    HttpRequest request = upgrade("/v1/server");
    request.headers().set("X-Pyrycode-Version", "0.9.1").set("User-Agent", "pyry/0.9.1");
    return request;
  }

  static HttpRequest phone() {
    HttpRequest request = upgrade("/v1/client");
    request
        .headers()
        .set("x-pyrycode-token", "s3cret")
        .set("X-Pyrycode-Device-Name", "Pixel")
        .set("User-Agent", "pyrycode-mobile/2");
    return request;
  }

  static HttpRequest of(Role role) {
    return switch (role) {
      case BINARY -> binary();
      case PHONE -> phone();
    };
  }

  /** They take anything, as what comes from a socket may be anything. */
  static HttpHeaders headers() {
    return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
  }

  private static HttpRequest upgrade(String path) {
    HttpRequest request =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path, headers());
    request
        .headers()
        .set("Host", "relay.example.org")
        .set("Connection", "keep-alive, Upgrade")
        .set("Upgrade", "WebSocket")
        .set("Sec-WebSocket-Version", "13")
        .set("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        .set("X-PYRYCODE-SERVER", ID);
    return request;
  }
}
