package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Fields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a request that was found sound, whatever protocol it came in.
 *
 * @param target byte by byte as it was received
 * @param fields as received, without {@code Host}
 * @param webSocket whether it asks to become a WebSocket, and may
 */
public record Request(
    Protocol protocol,
    String method,
    String target,
    Authority authority,
    Fields fields,
    Framing framing,
    boolean webSocket) {

  /** Media types of gRPC; gRPC-Web is another protocol, made for HTTP/1.1. */
  private static final Pattern GRPC = Pattern.compile("application/grpc(?:[+;].*)?");

  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final Pattern ABSOLUTE = Pattern.compile("(?i:https?)://[^/?]*(.*)");

  /** Whether another request may follow on its connection. */
  public boolean keepsAlive() {
    return switch (protocol) {
      case HTTP_1_0 -> false;
      case HTTP_1_1 -> !ConnectionOptions.of(fields).has("close");
      case HTTP_2 -> true;
    };
  }

  /** Whether a response of this status to it ends with its head (RFC 9112 section 6.3). */
  public boolean endsWithHead(int status) {
    return method.equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED;
  }

  /** Whether it is a call of gRPC. */
  public boolean isGrpc() {
    return protocol == Protocol.HTTP_2
        && fields
            .only("content-type")
            .filter(type -> GRPC.matcher(type.toLowerCase(Locale.ROOT)).matches())
            .isPresent();
  }

  /** The target without scheme and authority, as {@code :path} has it. */
  public String path() {
    if (target.startsWith("/")) {
      return target;
    }
    Matcher absolute = ABSOLUTE.matcher(target);
    if (!absolute.matches()) {
      return target;
    }
    String path = absolute.group(1);
    if (path.isEmpty() && method.equals("OPTIONS")) {
      return "*";
    }
    return path.startsWith("/") ? path : '/' + path;
  }
}
