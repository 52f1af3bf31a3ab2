package dev.gatehouse.wire.envelope;

/** What a binary's message asks of the relay, or why it asks nothing. */
public enum EnvelopeKind {
  /** A frame for a phone. */
  DATA("data"),
  /** A phone is to be closed, after a last frame if there is one. */
  CLOSE("close"),
  /** A wake; whether it is well-formed is not said yet. */
  WAKE("wake"),
  /** Not one JSON object, or a known field of another type than its own. */
  MALFORMED("malformed"),
  /** For nobody. */
  MISSING_CONN_ID("missing_conn_id"),
  /** For a phone, and says nothing. */
  MISSING_FRAME("missing_frame");

  private final String label;

  EnvelopeKind(String label) {
    this.label = label;
  }

  /** The word for this in metrics and logs. */
  public String label() {
    return label;
  }
}
