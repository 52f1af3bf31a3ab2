package dev.gatehouse.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** One JSON object per line, with the keys of the text form. */
final class JsonLine implements LogLine {

  private final JsonFactory json =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  @Override
  public String format(ILoggingEvent event) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), line)) {
      out.writeStartObject();
      LogFields.of(event).forEach((key, value) -> write(out, key, value));
      out.writeEndObject();
    }
    return line.toString();
  }

  private static void write(JsonGenerator out, String key, Object value) {
    switch (value) {
      case Integer number -> out.writeNumberProperty(key, number);
      case Long number -> out.writeNumberProperty(key, number);
      case Boolean truth -> out.writeBooleanProperty(key, truth);
      default -> out.writeStringProperty(key, value.toString());
    }
  }
}
