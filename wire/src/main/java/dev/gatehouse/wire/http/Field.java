package dev.gatehouse.wire.http;

/**
 * One header or trailer field that may be written to anybody: its name is a token, its value holds
 * no control but tabs, one character for each byte.
 */
public record Field(String name, String value) {

  /** What a field costs beside its characters, in either protocol (RFC 9113 section 6.5.2). */
  public static final int OVERHEAD = 32;

  public Field {
    if (!isValid(name, value)) {
      throw new IllegalArgumentException(
          "field (expected: a token, and a value without controls or blanks around it)");
    }
  }

  /** Whether these two make a field. */
  public static boolean isValid(String name, String value) {
    return Grammar.isToken(name) && Grammar.isFieldValue(value);
  }

  /** Whether this is its name, in any letter case. */
  public boolean is(String other) {
    // a token is ASCII, so no letter from elsewhere can pass for one of it
    return name.equalsIgnoreCase(other);
  }

  /** What it counts against the limit of a head. */
  public int size() {
    return name.length() + value.length() + OVERHEAD;
  }
}
