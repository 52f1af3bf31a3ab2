package dev.gatehouse.config.document;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Maps, lists, text, numbers and truth values written as indented JSON (RFC 8259). */
final class JsonText {

  private JsonText() {}

  static String of(Object value) {
    return of(value, "\n") + "\n";
  }

  private static String of(Object value, String lineBreak) {
    String inner = lineBreak + "  ";
    return switch (value) {
      case Map<?, ?> map when map.isEmpty() -> "{}";
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> quoted(e.getKey().toString()) + ": " + of(e.getValue(), inner))
              .collect(Collectors.joining("," + inner, "{" + inner, lineBreak + "}"));
      case List<?> list ->
          list.stream().map(e -> of(e, inner)).collect(Collectors.joining(", ", "[", "]"));
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append(escaped((char) c)));
    return quoted.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default -> c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c);
    };
  }
}
