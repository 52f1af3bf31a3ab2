package dev.gatehouse.config.tree;

import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.config.tree.TreeReader.Result.Grown;
import dev.gatehouse.config.tree.TreeReader.Result.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** TOML 1.0 as a tree. */
final class TomlTree {

  private TomlTree() {}

  static TreeReader.Result read(String text, String place) throws MalformedTreeException {
    TomlNesting.refuseDeep(text);
    TomlParseResult parsed = Toml.parse(text, TomlVersion.V1_0_0);
    if (!parsed.errors().isEmpty()) {
      return new Malformed(
          parsed.errors().stream()
              .limit(Limits.MAX_SYNTAX_PROBLEMS)
              .map(
                  e -> new ConfigProblem(place, e.position().line(), "not TOML: " + e.getMessage()))
              .toList());
    }
    return new Grown(table(parsed, 1, 0));
  }

  private static Table table(TomlTable table, int line, int depth) throws MalformedTreeException {
    refuseDeeper(line, depth);
    Map<String, Node> entries = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      List<String> path = List.of(key);
      int at = line(table.inputPositionOf(path), line);
      entries.put(key, node(table.get(path), at, depth));
    }
    return new Table(line, entries);
  }

  private static Array array(TomlArray array, int line, int depth) throws MalformedTreeException {
    refuseDeeper(line, depth);
    List<Node> elements = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      elements.add(node(array.get(i), line(array.inputPositionOf(i), line), depth));
    }
    return new Array(line, elements);
  }

  private static Node node(@Nullable Object value, int line, int depth)
      throws MalformedTreeException {
    return switch (value) {
      case TomlTable table -> table(table, line, depth + 1);
      case TomlArray array -> array(array, line, depth + 1);
      case String text -> new Scalar(line, Kind.TEXT, text);
      case Long whole -> new Scalar(line, Kind.INTEGER, whole.toString());
      case Double decimal -> new Scalar(line, Kind.DECIMAL, decimal.toString());
      case Boolean truth -> new Scalar(line, Kind.BOOLEAN, truth.toString());
      case null -> new Scalar(line, Kind.EMPTY, "");
      default -> new Scalar(line, Kind.MOMENT, value.toString());
    };
  }

  private static void refuseDeeper(int line, int depth) throws MalformedTreeException {
    if (depth > Limits.MAX_DEPTH) {
      throw MalformedTreeException.tooDeep(line);
    }
  }

  private static int line(@Nullable TomlPosition position, int otherwise) {
    return position == null ? otherwise : position.line();
  }
}
