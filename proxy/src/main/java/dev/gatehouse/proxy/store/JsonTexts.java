package dev.gatehouse.proxy.store;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Lists of text within one column: {@code ["10.0.0.0/8","192.0.2.0/24"]}. */
final class JsonTexts {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonTexts() {}

  static String write(Collection<?> values) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartArray();
      values.forEach(value -> json.writeString(value.toString()));
      json.writeEndArray();
    }
    return out.toString();
  }

  /** The list, unless the text is anything else. */
  static Optional<List<String>> read(String text) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      return json.nextToken() == JsonToken.START_ARRAY ? elements(json) : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Optional<List<String>> elements(JsonParser json) {
    List<String> values = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      values.add(json.getString());
    }
    boolean ends = json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == null;
    return ends ? Optional.of(values) : Optional.empty();
  }
}
