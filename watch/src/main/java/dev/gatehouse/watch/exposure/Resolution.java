package dev.gatehouse.watch.exposure;

/** How the owner of a socket is known. */
public enum Resolution {
  /** Proved: a file descriptor of the process is the socket. */
  FD("fd"),
  /** Inferred: every process of the socket's cgroup has the same name. */
  CGROUP("cgroup"),
  /** No process holds it, although all could be asked. */
  KERNEL("kernel"),
  /** Not found, and some processes could not be asked. */
  HIDDEN("hidden"),
  /** Not looked up yet: the budget for walks is spent. */
  PENDING("pending"),
  /** Not looked up by configuration. */
  OFF("off");

  private final String label;

  Resolution(String label) {
    this.label = label;
  }

  /** The word for this in metrics and JSON. */
  public String label() {
    return label;
  }
}
