package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Fields;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields may come after a body (RFC 9110 section 6.5.1).
 *
 * <p>Many a server merges trailers into the head of its request, so a field that frames, routes or
 * authenticates must not arrive there.
 */
public final class Trailers {

  private static final String CONTENT = "content-";
  private static final Set<String> FORBIDDEN =
      Set.of("authorization", "connection", "cookie", "host", "te", "trailer", "transfer-encoding");

  private Trailers() {}

  /**
   * The trailer of a request as it may go on, without fields that only the proxy may set or that
   * pass for others; empty where it holds one for which the request is refused.
   */
  public static Optional<Fields> ofRequest(Fields trailer) {
    return trailer.stream().anyMatch(field -> isForbidden(field.name()))
        ? Optional.empty()
        : Optional.of(trailer.without(field -> isDropped(field.name())));
  }

  /** The trailer of a response as it may go on. */
  public static Fields ofResponse(Fields trailer) {
    return trailer.without(field -> isForbidden(field.name()) || HopByHop.isOne(field.name()));
  }

  private static boolean isForbidden(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(CONTENT) || FORBIDDEN.contains(lower);
  }

  private static boolean isDropped(String name) {
    return HopByHop.isOne(name) || ForwardingNames.contains(name) || name.indexOf('_') >= 0;
  }
}
