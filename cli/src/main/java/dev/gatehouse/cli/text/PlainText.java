package dev.gatehouse.cli.text;

import java.util.Locale;

/** Text from elsewhere, made harmless for a terminal. */
public final class PlainText {

  private static final String NOTHING = "-";

  private PlainText() {}

  /**
   * The text with everything written out that a terminal would obey instead of show: control
   * characters, and the format characters that turn the direction of what follows.
   */
  public static String of(String text) {
    if (text.codePoints().allMatch(PlainText::isHarmless)) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    text.codePoints().forEach(point -> append(plain, point));
    return plain.toString();
  }

  /** The harmless text, or a dash for none. */
  public static String orDash(String text) {
    return text.isEmpty() ? NOTHING : of(text);
  }

  /** How many columns the text takes, as far as one character takes one. */
  static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text in at most {@code width} columns, which is at least 1; a cut shows as an ellipsis. */
  static String cut(String text, int width) {
    return width(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static void append(StringBuilder plain, int point) {
    if (isHarmless(point)) {
      plain.appendCodePoint(point);
    } else {
      plain.append(String.format(Locale.ROOT, "\\u%04x", point));
    }
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
