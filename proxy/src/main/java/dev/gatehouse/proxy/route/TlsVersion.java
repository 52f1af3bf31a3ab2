package dev.gatehouse.proxy.route;

/** The oldest TLS that a route takes from clients. */
public enum TlsVersion {
  TLS_1_2("1.2"),
  TLS_1_3("1.3");

  private final String label;

  TlsVersion(String label) {
    this.label = label;
  }

  /** The word for this in configuration and database. */
  public String label() {
    return label;
  }
}
