package dev.gatehouse.config.document;

import dev.gatehouse.config.document.Declaration.Need;
import dev.gatehouse.config.tree.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The declarations as a JSON Schema, draft 2020-12, with which editors check and complete. */
public final class JsonSchema {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

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
        schema.putAll(key.shape().many() ? list(ValueSchema.of(key)) : ValueSchema.of(key));
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
      schema.put("examples", List.of(ValueSchema.json(value)));
      return;
    }
    schema.put("default", ValueSchema.json(value));
  }
}
