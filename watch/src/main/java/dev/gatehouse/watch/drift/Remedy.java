package dev.gatehouse.watch.drift;

import dev.gatehouse.watch.exposure.DriftKind;
import java.util.Optional;

/** What the operator can do about a difference. */
final class Remedy {

  private Remedy() {}

  static String of(DriftKind kind, Optional<ExpectedListener> entry) {
    return switch (kind) {
      case UNEXPECTED -> "bind it to 127.0.0.1, stop it, or add it to watch.expected";
      case WIDER ->
          "bind it to a "
              + entry.map(found -> found.scope().label()).orElse("narrower")
              + " address, or widen the entry";
      case OWNER -> "another program took this port; stop it, or correct the entry";
      case MISSING -> "start it, or drop required";
      case SELF -> "close it or add it to the configuration";
    };
  }
}
