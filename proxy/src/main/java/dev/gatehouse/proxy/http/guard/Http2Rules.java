package dev.gatehouse.proxy.http.guard;

import static dev.gatehouse.proxy.http.guard.SharedRules.require;

import dev.gatehouse.proxy.http.Authority;
import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Http2Block;
import dev.gatehouse.proxy.http.Protocol;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.Verdict.Accepted;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Grammar;
import dev.gatehouse.wire.http.RequestLine;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a block of HTTP/2 fields means as a request (RFC 9113 section 8.3.1), or as one for a
 * WebSocket (RFC 8441 section 4).
 *
 * @param protocol what {@code CONNECT} asks a stream to become
 */
record Http2Rules(
    String method,
    Optional<String> protocol,
    String scheme,
    String path,
    Optional<String> authority,
    Fields fields,
    boolean ended,
    UnderscoreHeaders underscores) {

  static final Set<String> PSEUDO =
      Set.of(":authority", ":method", ":path", ":protocol", ":scheme");

  private static final String CONNECT = "CONNECT";
  private static final String GET = "GET";
  private static final String WEB_SOCKET = "websocket";
  private static final int HTTPS_PORT = 443;

  /** What a request line of HTTP/1.1 would hold beside its method and its target. */
  private static final int AROUND = "  HTTP/1.1".length();

  Http2Rules(Http2Block block, boolean ended, UnderscoreHeaders underscores) {
    this(
        block.pseudo().getOrDefault(":method", ""),
        Optional.ofNullable(block.pseudo().get(":protocol")),
        block.pseudo().getOrDefault(":scheme", ""),
        block.pseudo().getOrDefault(":path", ""),
        Optional.ofNullable(block.pseudo().get(":authority")),
        block.fields(),
        ended,
        underscores);
  }

  Verdict judge(int maxLine) {
    Optional<Framing> framing = framing();
    Optional<Authority> host = host();
    Optional<Refusal> refusal =
        require(RequestLine.isMethod(method), RefusalReason.METHOD)
            .or(() -> require(protocol.isEmpty() || method.equals(CONNECT), RefusalReason.HEADER))
            .or(() -> asksForWebSocket() ? Optional.empty() : SharedRules.method(method))
            .or(() -> length(maxLine))
            .or(() -> require(isTargetSound(), RefusalReason.REQUEST_LINE))
            .or(() -> require(host.isPresent(), RefusalReason.HOST))
            .or(() -> require(framing.isPresent(), RefusalReason.FRAMING))
            .or(() -> SharedRules.expectation(fields))
            .or(() -> underscores.refusal(fields));
    return refusal
        .<Verdict>map(Refusal::onHttp2)
        .orElseGet(() -> accepted(host.orElseThrow(), framing.orElseThrow()));
  }

  private Verdict accepted(Authority host, Framing framing) {
    Fields kept = underscores.apply(fields);
    Request request =
        new Request(
            Protocol.HTTP_2,
            asksForWebSocket() ? GET : method,
            path,
            host,
            kept.without("host"),
            framing,
            asksForWebSocket());
    return new Accepted(request, fields.count() - kept.count());
  }

  /** Backends know the method that HTTP/1.1 has for it. */
  private boolean asksForWebSocket() {
    return method.equals(CONNECT) && protocol.filter(WEB_SOCKET::equals).isPresent();
  }

  /** What follows the head of one for a WebSocket is no body, and there must be room for it. */
  private Optional<Framing> framing() {
    if (!asksForWebSocket()) {
      return Framing.ofHttp2(fields, ended);
    }
    return ended || fields.has(Framing.CONTENT_LENGTH)
        ? Optional.empty()
        : Optional.of(new Framing.None());
  }

  private Optional<Refusal> length(int maxLine) {
    return method.length() + path.length() + AROUND > maxLine
        ? Optional.of(Refusal.unserved(ErrorStatus.URI_TOO_LONG, RefusalReason.URI_LENGTH))
        : Optional.empty();
  }

  private boolean isTargetSound() {
    return scheme.equals("https")
        && Grammar.isTarget(path)
        && TargetForm.parse(asksForWebSocket() ? GET : method, path)
            .filter(TargetForm.Origin.class::isInstance)
            .isPresent();
  }

  /** The one authority that all who name one agree on. */
  private Optional<Authority> host() {
    List<String> hosts = fields.values("host");
    if (hosts.size() > 1) {
      return Optional.empty();
    }
    Optional<Authority> host = hosts.stream().findFirst().flatMap(Authority::parse);
    if (authority.isEmpty()) {
      return host;
    }
    return Authority.parse(authority.get())
        .filter(
            own ->
                hosts.isEmpty() || host.filter(other -> own.agrees(other, HTTPS_PORT)).isPresent());
  }
}
