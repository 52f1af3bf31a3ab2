package dev.gatehouse.config.tree;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One value of a configuration file, with the line where it begins; line 0 is nowhere. */
public sealed interface Node {

  int line();

  /** Keys and values in the order of the file; a value's line is that of its key. */
  record Table(int line, Map<String, Node> entries) implements Node {
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /** Values in order. */
  record Array(int line, List<Node> elements) implements Node {
    public Array {
      elements = List.copyOf(elements);
    }
  }

  /** One plain value: what the file calls it, and its text without quotes. */
  record Scalar(int line, Kind kind, String text) implements Node {

    public static Scalar text(String text) {
      return new Scalar(0, Kind.TEXT, text);
    }

    public static Scalar integer(long value) {
      return new Scalar(0, Kind.INTEGER, Long.toString(value));
    }

    /** Whether the value is shown between quotes. */
    public boolean quoted() {
      return kind == Kind.TEXT || kind == Kind.UNTYPED;
    }
  }

  /** What a plain value is in its file. */
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    /** A date or a time. */
    MOMENT,
    /** YAML's null, or a key with nothing behind it. */
    EMPTY,
    /** Text from outside of a file, such as an environment variable: any kind may be meant. */
    UNTYPED
  }
}
