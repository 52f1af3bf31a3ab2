package dev.gatehouse.config.tree;

import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;

/** A value as an error text quotes it: harmless to a terminal, and short. */
public final class Quotation {

  private static final int MAX_QUOTED_CHARACTERS = 60;

  private Quotation() {}

  public static String of(Node node) {
    return switch (node) {
      case Table _ -> "{…}";
      case Array _ -> "[…]";
      case Scalar scalar when scalar.kind() == Kind.EMPTY -> "null";
      case Scalar scalar when scalar.quoted() -> '"' + cut(scalar.text()) + '"';
      case Scalar scalar -> cut(scalar.text());
    };
  }

  /** Escaped, so that a terminal sees no control character, then cut. */
  public static String cut(String text) {
    StringBuilder out = new StringBuilder();
    int shown = 0;
    for (int at = 0; at < text.length() && shown < MAX_QUOTED_CHARACTERS; shown++) {
      int c = text.codePointAt(at);
      append(out, c);
      at += Character.charCount(c);
    }
    return text.codePointCount(0, text.length()) > shown
        ? out.append('…').toString()
        : out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append((char) c);
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      default -> {
        if (isPlain(c)) {
          out.appendCodePoint(c);
        } else {
          out.append("\\u{%x}".formatted(c));
        }
      }
    }
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
