package dev.gatehouse.config.document;

import dev.gatehouse.config.document.Declaration.Need;
import dev.gatehouse.config.document.Declaration.Shape;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The declarations as a JSON Schema, draft 2020-12, with which editors check and complete. */
public final class JsonSchema {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** As {@code DurationText} reads; a pattern applies to text only, the bounds to numbers only. */
  private static final Map<String, Object> DURATION =
      Map.of("pattern", "^(([0-9]{1,12}(ms|s|m|h|d))+|0)$", "minimum", 0, "maximum", 0);

  private static final Map<String, Object> SIZE =
      Map.of("pattern", "^[0-9]{1,10}(B|KiB|MiB|GiB|TiB)?$", "minimum", 0);

  private JsonSchema() {}

  public static String of(Declaration.Section root, String title) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DIALECT);
    schema.put("title", title);
    schema.putAll(object(root));
    return JsonText.of(schema);
  }

  private static Map<String, Object> object(Declaration.Section section) {
    Map<String, Object> properties = new LinkedHashMap<>();
    section.members().forEach(member -> properties.put(member.name(), property(member)));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    List<String> required = required(section);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private static List<String> required(Declaration.Section section) {
    return section.members().stream()
        .filter(member -> member instanceof Declaration.Key key && key.need() == Need.REQUIRED)
        .map(Declaration::name)
        .toList();
  }

  private static Map<String, Object> property(Declaration member) {
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (member) {
      case Declaration.Key key -> {
        schema.put("description", key.description() + " (" + key.expectation() + ")");
        schema.putAll(key.shape().many() ? list(plain(key)) : plain(key));
        addValue(schema, key);
      }
      case Declaration.Section section -> {
        schema.put("description", section.description());
        schema.putAll(section.repeated() ? list(object(section)) : object(section));
      }
    }
    return schema;
  }

  private static Map<String, Object> list(Map<String, Object> items) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", items);
    return schema;
  }

  private static void addValue(Map<String, Object> schema, Declaration.Key key) {
    Node value = key.value();
    if (value == null) {
      return;
    }
    if (key.need() == Need.REQUIRED) {
      schema.put("examples", List.of(json(value)));
      return;
    }
    schema.put("default", json(value));
  }

  private static Map<String, Object> plain(Declaration.Key key) {
    Shape shape = key.shape();
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (shape.type()) {
      case INTEGER, DECIMAL -> schema.putAll(number(shape, key.value()));
      case BOOLEAN -> schema.put("type", "boolean");
      case TEXT, SECRET -> schema.put("type", "string");
      case CHOICE -> schema.put("enum", shape.choices());
      case VALUE -> schema.put("type", List.of("string", "integer"));
      case DURATION -> schema.putAll(textOrInteger(DURATION));
      case SIZE -> schema.putAll(textOrInteger(SIZE));
    }
    return schema;
  }

  private static Map<String, Object> textOrInteger(Map<String, Object> rules) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", List.of("string", "integer"));
    rules.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(rule -> schema.put(rule.getKey(), rule.getValue()));
    return schema;
  }

  /** The default and a value apart are allowed wherever they lie. */
  private static Map<String, Object> number(Shape shape, @Nullable Node value) {
    Map<String, Object> range = range(shape);
    if (shape.apart() != null) {
      return Map.of("anyOf", List.of(range, Map.of("const", json(shape.apart()))));
    }
    boolean outside = value instanceof Scalar scalar && isOutside(scalar, shape);
    return outside && value != null
        ? Map.of("anyOf", List.of(range, Map.of("const", json(value))))
        : range;
  }

  private static Map<String, Object> range(Shape shape) {
    Map<String, Object> range = new LinkedHashMap<>();
    range.put("type", shape.type() == Declaration.Type.INTEGER ? "integer" : "number");
    if (shape.least() != null) {
      range.put("minimum", json(shape.least()));
    }
    if (shape.most() != null) {
      range.put("maximum", json(shape.most()));
    }
    return range;
  }

  private static boolean isOutside(Scalar value, Shape shape) {
    BigDecimal number = new BigDecimal(value.text());
    return (shape.least() != null && number.compareTo(new BigDecimal(shape.least().text())) < 0)
        || (shape.most() != null && number.compareTo(new BigDecimal(shape.most().text())) > 0);
  }

  private static Object json(Node node) {
    return switch (node) {
      case Array array -> array.elements().stream().map(JsonSchema::json).toList();
      case Scalar scalar when scalar.kind() == Kind.BOOLEAN -> scalar.text().equals("true");
      case Scalar scalar when scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.DECIMAL ->
          new BigDecimal(scalar.text());
      case Scalar scalar -> scalar.text();
      case Table _ -> Map.of();
    };
  }
}
