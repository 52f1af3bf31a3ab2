package dev.gatehouse.relay.push;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Takes texts out of JSON that others have written; whatever cannot be read has none. */
final class JsonTexts {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** What a reply of the push service says went wrong. */
  record Failure(Optional<String> status, Optional<String> errorCode) {

    static final Failure UNKNOWN = new Failure(Optional.empty(), Optional.empty());
  }

  private static final String FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError";

  private JsonTexts() {}

  /** The members of an object that are texts. */
  static Map<String, String> topLevel(String json) {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        readTexts(parser, texts);
      }
      return texts;
    } catch (JacksonException _) {
      // its message would quote what it could not read
      return Map.of();
    }
  }

  /** Reads members until the object ends, and passes over what is no text. */
  private static void readTexts(JsonParser parser, Map<String, String> texts) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.put(name, parser.getString());
      } else {
        parser.skipChildren();
      }
    }
  }

  /** Reads {@code error.status} and the code of the detail that is the push service's own. */
  static Failure failure(String json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      return parser.nextToken() == JsonToken.START_OBJECT && find(parser, "error")
          ? error(parser)
          : Failure.UNKNOWN;
    } catch (JacksonException _) {
      return Failure.UNKNOWN;
    }
  }

  /** Whether the object has such a member that is an object, in which the parser then is. */
  private static boolean find(JsonParser parser, String wanted) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.START_OBJECT && name.equals(wanted)) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static Failure error(JsonParser parser) {
    Optional<String> status = Optional.empty();
    Optional<String> code = Optional.empty();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("status") && value == JsonToken.VALUE_STRING) {
        status = Optional.of(parser.getString());
      } else if (name.equals("details") && value == JsonToken.START_ARRAY) {
        code = errorCode(parser);
      } else {
        parser.skipChildren();
      }
    }
    return new Failure(status, code);
  }

  private static Optional<String> errorCode(JsonParser parser) {
    Optional<String> code = Optional.empty();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY && next != null;
        next = parser.nextToken()) {
      if (next == JsonToken.START_OBJECT) {
        Map<String, String> detail = new HashMap<>();
        readTexts(parser, detail);
        if (FCM_ERROR.equals(detail.get("@type"))) {
          code = Optional.ofNullable(detail.get("errorCode"));
        }
      } else {
        parser.skipChildren();
      }
    }
    return code;
  }
}
