package dev.gatehouse.control.ops.page;

/** What a request asked for, as metrics tell it. */
public enum PathLabel {
  METRICS("metrics"),
  HEALTHZ("healthz"),
  READYZ("readyz"),
  STATUS("status"),
  CONSOLE("console"),
  SERVICE("service"),
  OTHER("other");

  private final String label;

  PathLabel(String label) {
    this.label = label;
  }

  /** The word for this in metrics. */
  public String label() {
    return label;
  }
}
