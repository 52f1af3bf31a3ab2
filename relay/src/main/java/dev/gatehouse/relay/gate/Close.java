package dev.gatehouse.relay.gate;

/** What a close frame says. */
public record Close(int code, String reason) {

  /** Whether a peer may send this code (RFC 6455 section 7.4). */
  public static boolean isLegal(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }
}
