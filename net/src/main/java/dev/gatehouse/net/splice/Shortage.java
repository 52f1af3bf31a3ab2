package dev.gatehouse.net.splice;

/** Why there is no pipe for a connection, which is then copied. */
public enum Shortage implements Lease {
  /** The process or the host has no file descriptor left. */
  FD_LIMIT("fd_limit"),
  /** The kernel makes no pipe, or one so small that copying is cheaper. */
  PIPE("pipe");

  private final String label;

  Shortage(String label) {
    this.label = label;
  }

  /** The word for this in metrics. */
  public String label() {
    return label;
  }
}
