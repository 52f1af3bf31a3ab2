package dev.gatehouse.config.document;

import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A tree written as TOML 1.0, so that reading it gives the same tree. */
public final class TomlText {

  private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

  private final StringBuilder out = new StringBuilder();

  private TomlText() {}

  public static String of(Table root) {
    TomlText text = new TomlText();
    text.body("", root);
    return text.out.toString();
  }

  /** One value for a reader: a plain one without its quotes. */
  public static String value(Node node) {
    return node instanceof Scalar scalar ? scalar.text() : inline(node);
  }

  /** One value as it stands behind {@code =}. */
  static String inline(Node node) {
    return switch (node) {
      case Scalar scalar -> scalar.quoted() ? quoted(scalar.text()) : scalar.text();
      case Array array ->
          array.elements().stream()
              .map(TomlText::inline)
              .collect(Collectors.joining(", ", "[", "]"));
      case Table table ->
          table.entries().entrySet().stream()
              .map(entry -> assignment(entry.getKey(), entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  static String assignment(String key, Node value) {
    return key(key) + " = " + inline(value);
  }

  /** Plain values first: behind a header they would belong to it. */
  private void body(String path, Table table) {
    for (Map.Entry<String, Node> entry : table.entries().entrySet()) {
      if (!isHeaded(entry.getValue())) {
        out.append(assignment(entry.getKey(), entry.getValue())).append('\n');
      }
    }
    table.entries().forEach((name, node) -> headed(path + key(name), node));
  }

  private void headed(String path, Node node) {
    switch (node) {
      case Table table -> section("[" + path + "]", path, table);
      case Array array when isHeaded(array) -> {
        for (Node element : array.elements()) {
          section("[[" + path + "]]", path, (Table) element);
        }
      }
      case Array _, Scalar _ -> {}
    }
  }

  private void section(String header, String path, Table table) {
    out.append(out.isEmpty() ? "" : "\n").append(header).append('\n');
    body(path + '.', table);
  }

  private static boolean isHeaded(Node node) {
    return switch (node) {
      case Table _ -> true;
      case Array array ->
          !array.elements().isEmpty()
              && array.elements().stream().allMatch(Table.class::isInstance);
      case Scalar _ -> false;
    };
  }

  private static String key(String name) {
    return BARE_KEY.matcher(name).matches() ? name : quoted(name);
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
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      default -> c < ' ' || c == 0x7f ? "\\u%04x".formatted((int) c) : String.valueOf(c);
    };
  }
}
