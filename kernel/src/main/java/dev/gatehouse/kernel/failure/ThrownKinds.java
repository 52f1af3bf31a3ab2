package dev.gatehouse.kernel.failure;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Which exceptions of the JDK and of socket libraries are expected, and as what. */
final class ThrownKinds {

  /** A chain of causes may be a ring; nobody nests this deep on purpose. */
  private static final int MAX_DEPTH = 8;

  /**
   * The kernel's words, from strerror(3): native transports throw a plain {@link IOException} with
   * the name of the call before them.
   */
  private static final Map<String, Kind> KERNEL_WORDS =
      Map.of(
          "connection reset", Kind.RESET,
          "broken pipe", Kind.RESET,
          "connection timed out", Kind.TIMEOUT,
          "connection refused", Kind.REFUSED,
          "no route to host", Kind.UNREACHABLE,
          "network is unreachable", Kind.UNREACHABLE);

  private ThrownKinds() {}

  static Optional<Kind> of(Throwable thrown) {
    @Nullable Throwable link = thrown;
    for (int depth = 0; link != null && depth < MAX_DEPTH; depth++) {
      Optional<Kind> kind = ofLink(link);
      if (kind.isPresent()) {
        return kind;
      }
      link = link.getCause();
    }
    return Optional.empty();
  }

  private static Optional<Kind> ofLink(Throwable thrown) {
    return switch (thrown) {
      case ClosedChannelException _, EOFException _ -> Optional.of(Kind.RESET);
      case SocketTimeoutException _, TimeoutException _ -> Optional.of(Kind.TIMEOUT);
      case NoRouteToHostException _, UnknownHostException _, UnresolvedAddressException _ ->
          Optional.of(Kind.UNREACHABLE);
      case SSLException tls -> Optional.of(ofWords(tls).orElse(Kind.MALFORMED));
      case ConnectException refused -> Optional.of(ofWords(refused).orElse(Kind.REFUSED));
      case IOException other -> ofWords(other);
      default -> Optional.empty();
    };
  }

  private static Optional<Kind> ofWords(IOException thrown) {
    @Nullable String message = thrown.getMessage();
    if (message == null) {
      return Optional.empty();
    }
    String words = message.toLowerCase(Locale.ROOT);
    return KERNEL_WORDS.entrySet().stream()
        .filter(entry -> words.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
