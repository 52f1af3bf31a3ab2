package dev.gatehouse.relay.gate;

import java.util.Locale;

/** Compares the host of a request with the one domain that is served. */
final class HostCheck {

  private HostCheck() {}

  /** Whether a Host field, its port left out, is that domain; case does not matter. */
  static boolean matches(String field, String domain) {
    int colon = field.lastIndexOf(':');
    String host = colon > field.lastIndexOf(']') ? field.substring(0, colon) : field;
    return host.toLowerCase(Locale.ROOT).equals(domain.toLowerCase(Locale.ROOT))
        && host.chars().allMatch(c -> c < 0x80);
  }
}
