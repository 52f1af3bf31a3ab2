package dev.gatehouse.proxy.hello;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ClientHelloFault;
import java.util.Locale;

/** What the first bytes of a connection were. */
enum HelloOutcome {
  OK,
  NO_SNI,
  NOT_TLS,
  MALFORMED,
  TOO_BIG,
  TIMEOUT,
  EOF;

  /** The word for this in metrics. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static HelloOutcome of(ClientHello hello) {
    return hello.serverName().isPresent() ? OK : NO_SNI;
  }

  /** A fault is never taken for a hello without a name, or else it could be routed by default. */
  static HelloOutcome of(Decoded.Fault fault) {
    return switch (fault) {
      case ClientHelloFault.NOT_TLS -> NOT_TLS;
      case ClientHelloFault.TOO_BIG -> TOO_BIG;
      default -> MALFORMED;
    };
  }
}
