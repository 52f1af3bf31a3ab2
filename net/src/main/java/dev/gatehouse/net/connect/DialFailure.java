package dev.gatehouse.net.connect;

import dev.gatehouse.kernel.failure.Failure;
import dev.gatehouse.kernel.failure.Failure.Culprit;
import dev.gatehouse.kernel.failure.Kind;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Why there is no connection: the closed set behind the label {@code cause} of dials. */
public enum DialFailure {
  /** The name has no address, or nobody could say. */
  DNS("dns"),
  REFUSED("refused"),
  UNREACHABLE("unreachable"),
  TIMEOUT("timeout"),
  /** The peer does not speak TLS as we do. */
  TLS("tls"),
  /** The peer speaks none of the protocols that were offered. */
  ALPN("alpn"),
  /** The peer's certificate does not prove who it is. */
  CERTIFICATE("certificate"),
  RESET("reset"),
  /** This process has no descriptor left. */
  FD_LIMIT("fd_limit"),
  /** Anything else, such as no local port left. */
  OTHER("other");

  /** A chain of causes may be a ring; nobody nests this deep on purpose. */
  private static final int MAX_DEPTH = 8;

  private final String label;

  DialFailure(String label) {
    this.label = label;
  }

  /** The word for this in metrics and logs. */
  public String label() {
    return label;
  }

  /** What an exception of a connect, or of a handshake after it, means. */
  public static DialFailure of(Throwable thrown) {
    return has(thrown, DialException.class::isInstance)
        .map(told -> ((DialException) told).failure())
        .orElseGet(() -> classify(thrown));
  }

  /** What an exception of a TLS handshake means. */
  public static DialFailure ofHandshake(Throwable thrown) {
    if (says(thrown, "no_application_protocol") || says(thrown, "no application protocol")) {
      return ALPN;
    }
    DialFailure known = of(thrown);
    return known == OTHER ? TLS : known;
  }

  private static DialFailure classify(Throwable thrown) {
    if (says(thrown, "too many open files")) {
      return FD_LIMIT;
    }
    if (has(thrown, UnknownHostException.class::isInstance).isPresent()) {
      return DNS;
    }
    if (has(thrown, CertificateException.class::isInstance).isPresent()) {
      return CERTIFICATE;
    }
    return switch (Failure.of(thrown, Culprit.UPSTREAM)) {
      case Failure.Expected(Kind kind, _, _) -> of(kind, thrown);
      case Failure.Unexpected _ -> OTHER;
    };
  }

  /** The JDK has one class for every connect that failed; only some of them were refused. */
  private static DialFailure of(Kind kind, Throwable thrown) {
    return switch (kind) {
      case REFUSED -> says(thrown, "refused") ? REFUSED : OTHER;
      case RESET -> RESET;
      case TIMEOUT -> TIMEOUT;
      case UNREACHABLE -> UNREACHABLE;
      case MALFORMED -> TLS;
      case LIMIT -> OTHER;
    };
  }

  private static boolean says(Throwable thrown, String words) {
    return has(thrown, link -> text(link).contains(words)).isPresent();
  }

  private static String text(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
  }

  private static Optional<Throwable> has(Throwable thrown, Predicate<Throwable> wanted) {
    @Nullable Throwable link = thrown;
    for (int depth = 0; link != null && depth < MAX_DEPTH; depth++) {
      if (wanted.test(link)) {
        return Optional.of(link);
      }
      link = link.getCause();
    }
    return Optional.empty();
  }
}
