package dev.gatehouse.kernel.failure;

/** Everything that is expected to go wrong: the closed set behind labels named cause or reason. */
public enum Kind {
  /** The peer went away, politely or not. */
  RESET("reset"),
  /** Nothing came, or nothing was taken, in time. */
  TIMEOUT("timeout"),
  /** The peer does not speak the protocol. */
  MALFORMED("malformed"),
  /** Nobody listens there, or whoever does said no. */
  REFUSED("refused"),
  /** No way leads there, or no such name is known. */
  UNREACHABLE("unreachable"),
  /** A configured bound was reached. */
  LIMIT("limit");

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  /** The word for this kind in metrics and logs. */
  public String label() {
    return label;
  }
}
