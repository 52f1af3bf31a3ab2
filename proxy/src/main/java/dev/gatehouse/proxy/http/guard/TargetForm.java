package dev.gatehouse.proxy.http.guard;

import dev.gatehouse.proxy.http.Authority;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of a request target that are served (RFC 9112 section 3.2). */
sealed interface TargetForm {

  /** A path, or the asterisk of OPTIONS. */
  record Origin() implements TargetForm {}

  /** A whole URI, as clients send it to what they take for their own proxy. */
  record Absolute(Authority authority, int defaultPort) implements TargetForm {}

  Pattern ABSOLUTE = Pattern.compile("(?i)http(s?)://([^/?]*).*");

  int HTTP_PORT = 80;
  int HTTPS_PORT = 443;

  static Optional<TargetForm> parse(String method, String target) {
    if (target.startsWith("/") || (target.equals("*") && method.equals("OPTIONS"))) {
      return Optional.of(new Origin());
    }
    Matcher parts = ABSOLUTE.matcher(target);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = parts.group(1).isEmpty() ? HTTP_PORT : HTTPS_PORT;
    return Authority.parse(parts.group(2)).map(authority -> new Absolute(authority, port));
  }

  /** Whether a host contradicts this target. */
  default boolean agrees(Authority host) {
    return switch (this) {
      case Origin() -> true;
      case Absolute(Authority authority, int defaultPort) -> authority.agrees(host, defaultPort);
    };
  }

  /** The authority that the target names. */
  default Optional<Authority> named() {
    return switch (this) {
      case Origin() -> Optional.empty();
      case Absolute(Authority authority, int _) -> Optional.of(authority);
    };
  }
}
