package dev.gatehouse.wire.envelope;

import dev.gatehouse.wire.Decoded;

/** Why bytes are not exactly one JSON value. */
public enum JsonFault implements Decoded.Fault {
  /** They end before the value does, or there are none. */
  TRUNCATED("truncated"),
  /** A byte where none of its kind may be, which includes whatever follows the value. */
  SYNTAX("syntax"),
  /** An escape that strings do not have. */
  ESCAPE("escape"),
  /** A raw control character in a string. */
  CONTROL_CHARACTER("control_character"),
  /** A string that is not UTF-8. */
  UTF8("utf8"),
  /** More levels than the limit. */
  DEPTH("depth"),
  /** A known field of another type than its own. */
  TYPE("type");

  private final String label;

  JsonFault(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
