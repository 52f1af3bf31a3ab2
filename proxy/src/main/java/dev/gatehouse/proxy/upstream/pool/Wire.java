package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.proxy.http.Request;
import java.util.List;
import java.util.Optional;

/** What is spoken on a connection to a backend. */
enum Wire {
  HTTP_1(List.of("http/1.1")),
  /** Without TLS, by prior knowledge (RFC 9113 section 3.3). */
  HTTP_2(List.of("h2")),
  /** What the backend likes best of both. */
  NEGOTIATED(List.of("h2", "http/1.1"));

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> protocols;

  Wire(List<String> protocols) {
    this.protocols = protocols;
  }

  /** What is offered by ALPN, the best first. */
  List<String> protocols() {
    return protocols;
  }

  /** What a request needs, as far as is known. */
  static Wire of(Upstream upstream, Request request, Optional<Wire> learned) {
    if (request.webSocket()) {
      return HTTP_1;
    }
    return switch (upstream.protocol()) {
      case H1 -> HTTP_1;
      case H2, H2C -> HTTP_2;
      case AUTO ->
          upstream.tls().isPresent()
              ? NEGOTIATED
              : learned.orElse(request.isGrpc() ? HTTP_2 : HTTP_1);
    };
  }
}
