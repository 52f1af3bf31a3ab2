package dev.gatehouse.net.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Text of strangers as a log may hold it: nothing that a terminal obeys or that changes the order
 * of what stands beside it, and never long.
 */
final class ClientText {

  /** Longer than any name, agent or target that means something to a reader. */
  static final int MAX_BYTES = 1024;

  private static final String CUT = "…";

  private ClientText() {}

  /** The text itself where it is plain, which is nearly always. */
  static String harmless(String text) {
    return text.length() <= MAX_BYTES && text.chars().allMatch(ClientText::isPlain)
        ? text
        : escaped(text);
  }

  private static boolean isPlain(int character) {
    return character >= ' ' && character < 0x7f;
  }

  /** Looks at no more of the text than it keeps, however long that is. */
  private static String escaped(String text) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      String shown = shown(point);
      bytes += shown.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        return kept.append(CUT).toString();
      }
      kept.append(shown);
      at += Character.charCount(point);
    }
    return kept.toString();
  }

  /** Format characters are those of bidirectional text, and others without a width. */
  private static String shown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          byNumber(Character.toString(point));
      default -> Character.toString(point);
    };
  }

  private static String byNumber(String characters) {
    return characters
        .chars()
        .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
        .collect(Collectors.joining());
  }
}
