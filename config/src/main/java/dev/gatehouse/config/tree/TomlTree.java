package dev.gatehouse.config.tree;

import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.config.tree.TreeReader.Result;
import dev.gatehouse.config.tree.TreeReader.Result.Grown;
import dev.gatehouse.config.tree.TreeReader.Result.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** TOML 1.0 as a tree. */
final class TomlTree {

  private static final Pattern PLACE = Pattern.compile("line ([0-9]+), column [0-9]+");

  /** What the parser quotes when a value goes on without quotes, such as half of a password. */
  private static final Pattern QUOTED = Pattern.compile("Unexpected '.{2,}'(?=, expected)");

  private final TomlLines lines;

  private TomlTree(TomlLines lines) {
    this.lines = lines;
  }

  static Result read(String text, String place) throws MalformedTreeException {
    return new TomlTree(TomlLines.of(text)).read(text.lines().toList(), place);
  }

  private Result read(List<String> source, String place) throws MalformedTreeException {
    TomlParseResult parsed = parse();
    if (parsed.errors().isEmpty()) {
      return new Grown(table(parsed, 1, 0));
    }
    return new Malformed(
        parsed.errors().stream()
            .limit(Limits.MAX_SYNTAX_PROBLEMS)
            .map(error -> problem(error, source, place))
            .toList());
  }

  /** The parser checks itself with assertions, some of which malformed text breaks. */
  private TomlParseResult parse() throws MalformedTreeException {
    try {
      return Toml.parse(lines.text(), TomlVersion.V1_0_0);
    } catch (RuntimeException | AssertionError _) {
      throw new MalformedTreeException(0, "not TOML: look for an unclosed quote or bracket");
    }
  }

  private ConfigProblem problem(TomlParseError error, List<String> source, String place) {
    int line = lines.number(error.position().line());
    String message = String.valueOf(error.getMessage());
    String told = Quotation.cut(inFile(QUOTED.matcher(message).replaceAll("Unexpected text")));
    String advice = line <= source.size() ? TomlAdvice.on(source.get(line - 1)) : "";
    return new ConfigProblem(place, line, "not TOML: " + told + advice);
  }

  private String inFile(String message) {
    return PLACE
        .matcher(message)
        .replaceAll(found -> "line " + lines.number(Integer.parseInt(found.group(1))));
  }

  private Table table(TomlTable table, int line, int depth) throws MalformedTreeException {
    refuseDeeper(line, depth);
    Map<String, Node> entries = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      List<String> path = List.of(key);
      int at = line(table.inputPositionOf(path), line);
      entries.put(key, node(table.get(path), at, depth));
    }
    return new Table(line, entries);
  }

  private Array array(TomlArray array, int line, int depth) throws MalformedTreeException {
    refuseDeeper(line, depth);
    List<Node> elements = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      elements.add(node(array.get(i), line(array.inputPositionOf(i), line), depth));
    }
    return new Array(line, elements);
  }

  private Node node(@Nullable Object value, int line, int depth) throws MalformedTreeException {
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

  private int line(@Nullable TomlPosition position, int otherwise) {
    return position == null ? otherwise : lines.number(position.line());
  }
}
