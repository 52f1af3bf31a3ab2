package dev.gatehouse.proxy.route;

import dev.gatehouse.wire.http.Grammar;
import java.nio.charset.StandardCharsets;

/**
 * One demand on the requests of an L7 route; a request that does not meet it is answered 403.
 *
 * @param value never empty
 */
public record L7Policy(Type type, String value) {

  /** The most that a route may have. */
  public static final int MAX_PER_ROUTE = 256;

  /** What is asked of a request. */
  public enum Type {
    /** Its user agent does not contain the value. */
    BLOCK_USER_AGENT("block_user_agent"),
    /** It has the header of that name. */
    REQUIRE_HEADER("require_header");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    /** The word for this in configuration, database and metrics. */
    public String label() {
      return label;
    }
  }

  /** What a value must look like, for the error that refuses one. */
  public static final String EXPECTED =
      "1 to 1024 bytes without controls; of require_header, the name of a header";

  private static final int MAX_LENGTH = 1024;

  public L7Policy {
    if (!isValid(type, value)) {
      throw new IllegalArgumentException("value (expected: " + EXPECTED + ")");
    }
  }

  /** Whether these two make a policy. */
  public static boolean isValid(Type type, String value) {
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    boolean sound =
        length >= 1 && length <= MAX_LENGTH && value.chars().noneMatch(Character::isISOControl);
    return switch (type) {
      case BLOCK_USER_AGENT -> sound;
      case REQUIRE_HEADER -> sound && Grammar.isToken(value);
    };
  }

  /** As operators write it: {@code block_user_agent=BadBot}. */
  @Override
  public String toString() {
    return type.label() + '=' + value;
  }
}
