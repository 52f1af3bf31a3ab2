package dev.gatehouse.kernel.lifecycle;

/** Where a service is in its life, as health checks tell it. */
public enum ServiceState {
  OFF("off"),
  STARTING("starting"),
  SERVING("serving"),
  DRAINING("draining"),
  FAILED("failed");

  private final String label;

  ServiceState(String label) {
    this.label = label;
  }

  /** The word for this state in JSON and tables. */
  public String label() {
    return label;
  }
}
