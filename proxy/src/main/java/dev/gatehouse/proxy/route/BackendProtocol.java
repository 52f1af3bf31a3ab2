package dev.gatehouse.proxy.route;

/** What an L7 route speaks with its backend. */
public enum BackendProtocol {
  /** Whatever the backend turns out to speak. */
  AUTO("auto"),
  /** HTTP/1.1. */
  H1("h1"),
  /** HTTP/2 without TLS, by prior knowledge. */
  H2C("h2c"),
  /** HTTP/2 within TLS. */
  H2("h2");

  private final String label;

  BackendProtocol(String label) {
    this.label = label;
  }

  /** The word for this in configuration, database and tables. */
  public String label() {
    return label;
  }
}
