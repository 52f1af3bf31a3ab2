package dev.gatehouse.watch;

/** Where the operator wants socket tables read from. */
public enum SocketSourceChoice {
  /** Netlink, and {@code /proc} where that is unavailable. */
  AUTO("auto"),
  NETLINK("netlink"),
  PROC("proc");

  private final String label;

  SocketSourceChoice(String label) {
    this.label = label;
  }

  /** The word that the operator writes. */
  public String label() {
    return label;
  }
}
