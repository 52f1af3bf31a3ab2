package dev.gatehouse.wire.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** A second opinion: the JDK on UTF-8, which Jackson takes too easily, and Jackson on JSON. */
final class Jackson {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(JsonScanner.MAX_DEPTH).build())
          .build();

  private Jackson() {}

  static boolean accepts(byte[] text) {
    try {
      String characters = UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      return !characters.startsWith("\uFEFF") && isOneValue(characters);
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  private static boolean isOneValue(String characters) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), characters)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      // scalars are read only as far as asked
      String _ = parser.getString();
      return parser.nextToken() == null;
    } catch (StreamReadException _) {
      return false;
    }
  }
}
