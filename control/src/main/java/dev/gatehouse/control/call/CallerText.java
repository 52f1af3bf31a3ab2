package dev.gatehouse.control.call;

import java.util.Locale;

/** Text of a caller as a log may hold it: nothing that a terminal obeys, and never long. */
final class CallerText {

  /** Longer than a hostname or a path that means something to a reader. */
  static final int MAX_CHARACTERS = 512;

  private CallerText() {}

  static String harmless(String text) {
    StringBuilder kept = new StringBuilder();
    int at = 0;
    while (at < text.length() && kept.length() < MAX_CHARACTERS) {
      int point = text.codePointAt(at);
      kept.append(shown(point));
      at += Character.charCount(point);
    }
    return at < text.length() ? kept.append('…').toString() : kept.toString();
  }

  /** Format characters are those of bidirectional text, and others without a width. */
  private static String shown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          String.format(Locale.ROOT, "\\u{%x}", point);
      default -> Character.toString(point);
    };
  }
}
