package dev.gatehouse.proxy.route;

/** How connections are spread over the backends of a route. */
public enum Balance {
  ROUND_ROBIN("round_robin"),
  /** The one with the fewest open connections; in turn among equals. */
  LEAST_CONNECTIONS("least_connections");

  private final String label;

  Balance(String label) {
    this.label = label;
  }

  /** The word for this in configuration and tables. */
  public String label() {
    return label;
  }
}
