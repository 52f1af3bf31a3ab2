package dev.gatehouse.client.proxy;

/** One demand on the requests of an L7 route. */
public record L7Policy(Type type, String value) {

  /** What a policy asks of a request. */
  public enum Type {
    /** Refuses a user agent that contains the value. */
    BLOCK_USER_AGENT,
    /** Refuses a request without the header of that name. */
    REQUIRE_HEADER,
    /** One that this program does not know. */
    UNKNOWN
  }
}
