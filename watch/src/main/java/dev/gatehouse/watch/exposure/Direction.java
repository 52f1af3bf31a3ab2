package dev.gatehouse.watch.exposure;

/** Who opened a connection. */
public enum Direction {
  INBOUND("inbound"),
  OUTBOUND("outbound");

  private final String label;

  Direction(String label) {
    this.label = label;
  }

  /** The word for this in metrics and JSON. */
  public String label() {
    return label;
  }
}
