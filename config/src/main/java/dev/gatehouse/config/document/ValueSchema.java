package dev.gatehouse.config.document;

import dev.gatehouse.config.document.Declaration.Shape;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of a schema that is about one plain value. */
final class ValueSchema {

  /** As {@code DurationText} reads; a pattern applies to text only, the bounds to numbers only. */
  private static final Map<String, Object> DURATION =
      Map.of("pattern", "^(([0-9]{1,12}(ms|s|m|h|d))+|0)$", "minimum", 0, "maximum", 0);

  private static final Map<String, Object> SIZE =
      Map.of("pattern", "^[0-9]{1,10}(B|KiB|MiB|GiB|TiB)?$", "minimum", 0);

  private ValueSchema() {}

  static Map<String, Object> of(Declaration.Key key) {
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
    List<Map<String, Object>> alternatives = new ArrayList<>(List.of(range(shape)));
    Stream.of(Optional.ofNullable(shape.apart()), outside(shape, value))
        .flatMap(Optional::stream)
        .<Map<String, Object>>map(single -> Map.of("const", json(single)))
        .distinct()
        .forEach(alternatives::add);
    return alternatives.size() == 1 ? alternatives.getFirst() : Map.of("anyOf", alternatives);
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

  private static Optional<Scalar> outside(Shape shape, @Nullable Node value) {
    return value instanceof Scalar scalar && isOutside(scalar, shape)
        ? Optional.of(scalar)
        : Optional.empty();
  }

  private static boolean isOutside(Scalar value, Shape shape) {
    BigDecimal number = new BigDecimal(value.text());
    return (shape.least() != null && number.compareTo(new BigDecimal(shape.least().text())) < 0)
        || (shape.most() != null && number.compareTo(new BigDecimal(shape.most().text())) > 0);
  }

  static Object json(Node node) {
    return switch (node) {
      case Array array -> array.elements().stream().map(ValueSchema::json).toList();
      case Scalar scalar when scalar.kind() == Kind.BOOLEAN -> scalar.text().equals("true");
      case Scalar scalar when scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.DECIMAL ->
          new BigDecimal(scalar.text());
      case Scalar scalar -> scalar.text();
      case Table _ -> Map.of();
    };
  }
}
