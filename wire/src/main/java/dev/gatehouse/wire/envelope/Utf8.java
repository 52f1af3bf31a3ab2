package dev.gatehouse.wire.envelope;

/**
 * Which bytes may follow each other in well-formed UTF-8 (<a
 * href="https://datatracker.ietf.org/doc/html/rfc3629#section-4">RFC 3629 section 4</a>): none of a
 * surrogate, of an overlong form or beyond U+10FFFF.
 */
final class Utf8 {

  private Utf8() {}

  /** How many bytes follow a first one; 0 if it is none of a longer sequence. */
  static int continuations(int lead) {
    if (lead < 0xc2 || lead > 0xf4) {
      return 0;
    }
    if (lead < 0xe0) {
      return 1;
    }
    return lead < 0xf0 ? 2 : 3;
  }

  static boolean maySecond(int lead, int second) {
    return switch (lead) {
      case 0xe0 -> second >= 0xa0 && second <= 0xbf;
      case 0xed -> second >= 0x80 && second <= 0x9f;
      case 0xf0 -> second >= 0x90 && second <= 0xbf;
      case 0xf4 -> second >= 0x80 && second <= 0x8f;
      default -> isContinuation(second);
    };
  }

  static boolean isContinuation(int b) {
    return (b & 0xc0) == 0x80;
  }
}
