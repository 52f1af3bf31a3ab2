package dev.gatehouse.config.tree;

import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLSchema;

/**
 * YAML as a tree, read from the token stream because a bound object has lost its lines.
 *
 * <p>Only the part that says the same as TOML is taken: aliases, explicit tags and a second
 * document are refused, so that a small file cannot mean a large one.
 */
final class YamlTree {

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().yamlSchema(YAMLSchema.CORE).build();

  private final String text;

  YamlTree(String text) {
    this.text = text;
  }

  Table read() throws MalformedTreeException {
    try (YAMLParser yaml = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = yaml.nextToken();
      if (first == null) {
        return new Table(1, Map.of());
      }
      Node root = node(yaml, first, line(yaml), 0);
      refuseMore(yaml);
      return root(root);
    } catch (JacksonException malformed) {
      throw told(malformed);
    } catch (IllegalStateException | IndexOutOfBoundsException _) {
      throw new MalformedTreeException(0, "not YAML: look for an unclosed quote or bracket");
    }
  }

  /** The parser's own text quotes the lines around, which may hold a secret. */
  private static MalformedTreeException told(JacksonException malformed) {
    if (malformed.getCause() instanceof MarkedYamlEngineException marked) {
      int line = marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      String problem = marked.getProblem();
      String told = problem.contains("TAB") ? "a tab: expected spaces" : Quotation.cut(problem);
      return new MalformedTreeException(line, "not YAML: " + told);
    }
    int line = Math.max(1, malformed.getLocation().getLineNr());
    return new MalformedTreeException(line, "not YAML: expected \"key: value\" with a plain key");
  }

  private static Table root(Node root) throws MalformedTreeException {
    return switch (root) {
      case Table table -> table;
      case Scalar scalar when scalar.kind() == Kind.EMPTY -> new Table(1, Map.of());
      case Scalar _, Array _ ->
          throw new MalformedTreeException(root.line(), "expected sections such as \"watch:\"");
    };
  }

  private static void refuseMore(YAMLParser yaml) throws MalformedTreeException {
    if (yaml.nextToken() != null) {
      throw new MalformedTreeException(line(yaml), "a second document: expected one");
    }
  }

  private static Node node(YAMLParser yaml, JsonToken token, int line, int depth)
      throws MalformedTreeException {
    if (yaml.isCurrentAlias()) {
      throw new MalformedTreeException(line, "an alias (*): expected the value itself");
    }
    if (yaml.getTypeId() != null) {
      throw new MalformedTreeException(line, "a tag (!): expected the value alone");
    }
    return switch (token) {
      case START_OBJECT -> table(yaml, line, depth + 1);
      case START_ARRAY -> array(yaml, line, depth + 1);
      case VALUE_NUMBER_INT -> new Scalar(line, Kind.INTEGER, yaml.getString());
      case VALUE_NUMBER_FLOAT -> new Scalar(line, Kind.DECIMAL, yaml.getString());
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(line, Kind.BOOLEAN, yaml.getString());
      case VALUE_NULL -> new Scalar(line, Kind.EMPTY, "");
      default -> new Scalar(line, Kind.TEXT, yaml.getString());
    };
  }

  private static Table table(YAMLParser yaml, int line, int depth) throws MalformedTreeException {
    refuseDeeper(line, depth);
    Map<String, Node> entries = new LinkedHashMap<>();
    while (yaml.nextToken() != JsonToken.END_OBJECT) {
      String key = yaml.currentName();
      int at = line(yaml);
      Node earlier = entries.put(key, node(yaml, yaml.nextToken(), at, depth));
      if (earlier != null) {
        throw new MalformedTreeException(
            at, Quotation.cut(key) + ": given twice; first in line " + earlier.line());
      }
    }
    return new Table(line, entries);
  }

  private static Array array(YAMLParser yaml, int line, int depth) throws MalformedTreeException {
    refuseDeeper(line, depth);
    List<Node> elements = new ArrayList<>();
    for (JsonToken token = yaml.nextToken();
        token != JsonToken.END_ARRAY;
        token = yaml.nextToken()) {
      elements.add(node(yaml, token, line(yaml), depth));
    }
    return new Array(line, elements);
  }

  private static void refuseDeeper(int line, int depth) throws MalformedTreeException {
    if (depth > Limits.MAX_DEPTH) {
      throw MalformedTreeException.tooDeep(line);
    }
  }

  private static int line(YAMLParser yaml) {
    return yaml.currentTokenLocation().getLineNr();
  }
}
