package dev.gatehouse.watch.exposure;

/** In which way the host differs from what was expected of it. */
public enum DriftKind {
  UNEXPECTED("unexpected"),
  WIDER("wider"),
  OWNER("owner"),
  MISSING("missing"),
  SELF("self");

  private final String label;

  DriftKind(String label) {
    this.label = label;
  }

  /** The word for this in metrics, tables and JSON. */
  public String label() {
    return label;
  }
}
