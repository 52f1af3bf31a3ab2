package dev.gatehouse.control.api;

import java.nio.file.Path;

/** A call to the daemon that failed, with what the caller can act on. */
public final class ControlException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why a call failed. */
  public enum Reason {
    /** Nothing is at the path. */
    NO_FILE("no such file"),
    /** Something other than a socket is at the path. */
    NOT_A_SOCKET("not a socket"),
    /** The path is longer than a Unix socket's may be. */
    PATH_TOO_LONG("path too long"),
    /** The socket is there and nobody answers: its daemon died. */
    REFUSED("connection refused"),
    /** This user may not connect. */
    DENIED("permission denied"),
    /** The daemon did not answer in time. */
    TIMEOUT("no answer in time"),
    /** The connection broke during the call, or the daemon is stopping. */
    LOST("connection lost"),
    /** The daemon answered, and refused the call. */
    REJECTED("refused by the daemon");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** The reason in a few words, for messages. */
    public String words() {
      return words;
    }

    /** Whether no daemon could be reached at all. */
    public boolean isUnreachable() {
      return switch (this) {
        case NO_FILE, NOT_A_SOCKET, PATH_TOO_LONG, REFUSED, DENIED -> true;
        case TIMEOUT, LOST, REJECTED -> false;
      };
    }
  }

  private final Reason reason;
  private final String detail;

  ControlException(Reason reason, Path socket, String detail, Throwable cause) {
    super(socket + ": " + detail, cause);
    this.reason = reason;
    this.detail = detail;
  }

  public Reason reason() {
    return reason;
  }

  /** What happened, in words and without the path. */
  public String detail() {
    return detail;
  }
}
