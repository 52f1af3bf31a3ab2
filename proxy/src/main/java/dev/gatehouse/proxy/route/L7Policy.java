package dev.gatehouse.proxy.route;

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

  public L7Policy {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("value: empty (expected: some text)");
    }
  }

  /** As operators write it: {@code block_user_agent=BadBot}. */
  @Override
  public String toString() {
    return type.label() + '=' + value;
  }
}
