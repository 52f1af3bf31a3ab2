package dev.gatehouse.relay.gate;

import java.util.Optional;

/** Which of the two ends a connection is. */
public enum Role {
  /** The daemon that is looked for. */
  BINARY("server"),
  /** The client that looks for it. */
  PHONE("client");

  private final String endpoint;

  Role(String endpoint) {
    this.endpoint = endpoint;
  }

  /** The word for this end in metrics and paths. */
  public String endpoint() {
    return endpoint;
  }

  /** The role that a path is for, compared as it was sent; the two versions mean the same. */
  public static Optional<Role> ofPath(String path) {
    return switch (path) {
      case "/v1/server", "/v2/server" -> Optional.of(BINARY);
      case "/v1/client", "/v2/client" -> Optional.of(PHONE);
      default -> Optional.empty();
    };
  }
}
