package dev.gatehouse.relay.config;

/** As what kind of WebSocket message peers are sent theirs. */
public enum SendOpcode {
  BINARY("binary"),
  TEXT("text"),
  /** As what they last sent themselves; binary before that. */
  MIRROR("mirror");

  private final String label;

  SendOpcode(String label) {
    this.label = label;
  }

  /** The word for this in the configuration. */
  public String label() {
    return label;
  }
}
