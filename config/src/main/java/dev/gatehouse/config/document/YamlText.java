package dev.gatehouse.config.document;

import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** A tree of plain keys written as YAML, so that reading it gives the same tree. */
public final class YamlText {

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

  private final JsonGenerator out;

  private YamlText(JsonGenerator out) {
    this.out = out;
  }

  /** The text of a whole file. */
  public static String of(Table root) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      new YamlText(out).write(root);
    }
    return text.toString();
  }

  private void write(Node node) {
    switch (node) {
      case Table table -> {
        out.writeStartObject();
        for (Map.Entry<String, Node> entry : table.entries().entrySet()) {
          out.writeName(entry.getKey());
          write(entry.getValue());
        }
        out.writeEndObject();
      }
      case Array array -> {
        out.writeStartArray();
        array.elements().forEach(this::write);
        out.writeEndArray();
      }
      case Scalar scalar -> write(scalar.kind(), scalar.text());
    }
  }

  private void write(Kind kind, String text) {
    switch (kind) {
      case TEXT, UNTYPED, MOMENT -> out.writeString(text);
      case INTEGER, DECIMAL -> out.writeNumber(text);
      case BOOLEAN -> out.writeBoolean(Boolean.parseBoolean(text));
      case EMPTY -> out.writeNull();
    }
  }
}
