package dev.gatehouse.e2e.tracker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A reader of bencoded text whose characters are bytes; it takes nothing for granted. */
final class Bencode {

  private final String text;
  private int at;

  private Bencode(String text) {
    this.text = text;
  }

  /** A dictionary that is the whole text. */
  static Map<String, Object> dictionary(String text) {
    Bencode reader = new Bencode(text);
    Object value = reader.value();
    if (reader.at != text.length() || !(value instanceof Map<?, ?> read)) {
      throw new AssertionError("no dictionary: " + text);
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    read.forEach((key, each) -> entries.put((String) key, each));
    return entries;
  }

  /** What a dictionary has under a key, where it must have something of that type. */
  static <T> T of(Map<?, ?> dictionary, String key, Class<T> type) {
    return type.cast(Objects.requireNonNull(dictionary.get(key), key));
  }

  private Object value() {
    return switch (text.charAt(at)) {
      case 'i' -> number('e');
      case 'l' -> list();
      case 'd' -> entries();
      default -> string();
    };
  }

  private long number(char end) {
    int from = text.charAt(at) == 'i' ? at + 1 : at;
    int to = text.indexOf(end, from);
    at = to + 1;
    return Long.parseLong(text.substring(from, to));
  }

  private String string() {
    int length = (int) number(':');
    at += length;
    return text.substring(at - length, at);
  }

  private List<Object> list() {
    List<Object> values = new ArrayList<>();
    at++;
    while (text.charAt(at) != 'e') {
      values.add(value());
    }
    at++;
    return values;
  }

  private Map<String, Object> entries() {
    Map<String, Object> entries = new LinkedHashMap<>();
    at++;
    while (text.charAt(at) != 'e') {
      entries.put(string(), value());
    }
    at++;
    return entries;
  }
}
