package dev.gatehouse.net.sockets;

/** Where a socket table was read from. */
public enum SocketSource {
  NETLINK("netlink"),
  PROC("proc");

  private final String label;

  SocketSource(String label) {
    this.label = label;
  }

  /** The word for this source in metrics, tables and JSON. */
  public String label() {
    return label;
  }
}
