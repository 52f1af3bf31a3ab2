package dev.gatehouse.net.loop;

/** The interface to the kernel on which event loops wait. */
public enum Transport {
  /** {@link #EPOLL} where it works, else {@link #NIO}. */
  AUTO("auto"),
  EPOLL("epoll"),
  IO_URING("io_uring"),
  NIO("nio");

  private final String label;

  Transport(String label) {
    this.label = label;
  }

  /** The word for this in configuration and logs. */
  public String label() {
    return label;
  }
}
