package dev.gatehouse.app.start;

/** What the system tells a process without being asked, signal(7). */
public interface Signals {

  /** The signals that a daemon understands. */
  enum Signal {
    /** To end. */
    TERM,
    /** To end, from a terminal. */
    INT,
    /** To read its configuration again. */
    HUP
  }

  /**
   * The signals of this process; those that nobody asked about keep their usual effect.
   *
   * <p>The JDK has no public way to hear of them, and its internal one is only reached by
   * reflection, which is left to a library.
   */
  static Signals ofProcess() {
    return (signal, action) -> {
      Object _ = org.jline.utils.Signals.register(signal.name(), action);
    };
  }

  /** Does this whenever the signal comes, on a thread of the virtual machine. */
  void on(Signal signal, Runnable action);
}
