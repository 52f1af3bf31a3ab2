package dev.gatehouse.cli.text;

import java.io.StringWriter;
import java.util.Collection;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * One JSON object as it is written, on one line and in ASCII, so that no name of a process can
 * reach a terminal as a command. What is unknown is null.
 */
public final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator generator;

  private Json(JsonGenerator generator) {
    this.generator = generator;
  }

  /** The text of one object. */
  public static String object(Consumer<Json> content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.writeStartObject();
      content.accept(new Json(generator));
      generator.writeEndObject();
    }
    return text.toString();
  }

  /** A string; empty is null. */
  public Json text(String name, String value) {
    if (value.isEmpty()) {
      return nothing(name);
    }
    generator.writeStringProperty(name, value);
    return this;
  }

  /** A number; below 0 is null. */
  public Json number(String name, long value) {
    if (value < 0) {
      return nothing(name);
    }
    generator.writeNumberProperty(name, value);
    return this;
  }

  /** A measured number, or null for what is none. */
  public Json measure(String name, double value) {
    if (!Double.isFinite(value)) {
      return nothing(name);
    }
    generator.writeNumberProperty(name, value);
    return this;
  }

  public Json truth(String name, boolean value) {
    generator.writeBooleanProperty(name, value);
    return this;
  }

  public Json nothing(String name) {
    generator.writeNullProperty(name);
    return this;
  }

  /** An object under a name. */
  public Json object(String name, Consumer<Json> content) {
    generator.writeObjectPropertyStart(name);
    content.accept(this);
    generator.writeEndObject();
    return this;
  }

  /** An array of objects. */
  public <T> Json objects(String name, Collection<T> elements, Consumer<T> content) {
    generator.writeArrayPropertyStart(name);
    for (T element : elements) {
      generator.writeStartObject();
      content.accept(element);
      generator.writeEndObject();
    }
    generator.writeEndArray();
    return this;
  }

  /** An array of strings. */
  public Json texts(String name, Collection<String> elements) {
    generator.writeArrayPropertyStart(name);
    elements.forEach(generator::writeString);
    generator.writeEndArray();
    return this;
  }
}
