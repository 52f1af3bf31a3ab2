package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A slow and obvious reader of queries, one character a byte. */
final class PlainQuery {

  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

  private PlainQuery() {}

  static List<Map.Entry<String, String>> read(String raw, boolean urlData) {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    for (String pair : raw.split(urlData ? "[&;]" : "&", -1)) {
      String[] sides = pair.split("=", 2);
      String key = decode(sides[0]);
      String value = sides.length == 2 ? decode(sides[1]) : "";
      if (!key.isEmpty() || !value.isEmpty()) {
        parameters.add(Map.entry(urlData ? lowerCase(key) : key, value));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return ESCAPE
        .matcher(text.replace('+', ' '))
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
  }

  /** Of the letters of ASCII alone. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String character = text.substring(i, i + 1);
      lower.append(text.charAt(i) < 128 ? character.toLowerCase(Locale.ROOT) : character);
    }
    return lower.toString();
  }

  static String escape(byte[] bytes) {
    StringBuilder escaped = new StringBuilder();
    for (byte each : bytes) {
      escaped.append(String.format("%%%02x", each));
    }
    return escaped.toString();
  }

  static String escape(String text) {
    return escape(text.getBytes(ISO_8859_1));
  }
}
