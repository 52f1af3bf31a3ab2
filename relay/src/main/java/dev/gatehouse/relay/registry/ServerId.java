package dev.gatehouse.relay.registry;

import java.util.Optional;

/**
 * The name under which a binary can be found: 1 to 128 visible ASCII characters without quotation
 * mark and backslash, so that it needs no escape in JSON and in logs.
 */
public record ServerId(String text) {

  /** No real name is near it (specification of the relay, section 2.4). */
  public static final int MAX_LENGTH = 128;

  /** What a text must look like, for the error that refuses one. */
  public static final String EXPECTED =
      "1 to 128 characters of visible ASCII without quotation mark and backslash";

  public ServerId {
    if (!isValid(text)) {
      throw new IllegalArgumentException(
          "server-id: " + text.length() + " characters (expected: " + EXPECTED + ")");
    }
  }

  /** The name that a text is, or nothing. */
  public static Optional<ServerId> parse(String text) {
    return isValid(text) ? Optional.of(new ServerId(text)) : Optional.empty();
  }

  private static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
  }

  @Override
  public String toString() {
    return text;
  }
}
