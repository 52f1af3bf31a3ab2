package dev.gatehouse.net.sockets;

/** The transport protocols whose sockets are read. */
public enum Protocol {
  TCP("tcp"),
  UDP("udp");

  private final String label;

  Protocol(String label) {
    this.label = label;
  }

  /** The word for this protocol in metrics, tables and JSON. */
  public String label() {
    return label;
  }
}
