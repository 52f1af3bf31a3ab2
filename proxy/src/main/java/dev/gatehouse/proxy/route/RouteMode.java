package dev.gatehouse.proxy.route;

/** Who speaks TLS with the client. */
public enum RouteMode {
  /** The backend; bytes pass untouched. */
  L4("l4"),
  /** The proxy, which also speaks HTTP with it. */
  L7("l7");

  private final String label;

  RouteMode(String label) {
    this.label = label;
  }

  /** The word for this in configuration, metrics and logs. */
  public String label() {
    return label;
  }
}
