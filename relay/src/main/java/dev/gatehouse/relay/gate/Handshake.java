package dev.gatehouse.relay.gate;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request must say to become a WebSocket (RFC 6455 section 4.2.1). */
final class Handshake {

  private static final String VERSION = "13";

  /** Sixteen bytes with their padding, without stray bits, which the JDK's decoder lets pass. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

  private Handshake() {}

  /** The answer to a request that is none, for the first thing that it lacks. */
  static Optional<Answer> refuse(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0 || !asks(headers)) {
      return Optional.of(
          Answer.bare(426, Map.of("connection", "Upgrade, close", "upgrade", "websocket")));
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return Optional.of(Answer.bare(405, Map.of("allow", "GET")));
    }
    if (!headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(List.of(VERSION))) {
      return Optional.of(Answer.bare(400, Map.of("sec-websocket-version", VERSION)));
    }
    boolean body =
        HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) != 0;
    return body || !hasKey(headers) ? Optional.of(Answer.badRequest()) : Optional.empty();
  }

  private static boolean asks(HttpHeaders headers) {
    return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  private static boolean hasKey(HttpHeaders headers) {
    List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    return keys.size() == 1 && KEY.matcher(keys.getFirst()).matches();
  }
}
