package dev.gatehouse.client;

import java.nio.file.Path;
import java.util.List;

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

  /** The status of a failed call, as gRPC names it. */
  public enum Code {
    CANCELLED,
    UNKNOWN,
    /** Something in the call is wrong; {@link ControlException#violations()} may say what. */
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    /** What the call is about is not there. */
    NOT_FOUND,
    /** What the call would make is there. */
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    /** A limit is reached. */
    RESOURCE_EXHAUSTED,
    /** The call is right, and the daemon is not in the state for it. */
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    /** The daemon is older than this program and does not know the call. */
    UNIMPLEMENTED,
    /** The daemon failed; its log says more. */
    INTERNAL,
    /** There is no daemon, or it cannot answer now. */
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED
  }

  /**
   * One field of a refused call that is wrong.
   *
   * @param field its path, such as {@code route.backend}
   * @param description what was given, and what is expected
   */
  public record Violation(String field, String description) {}

  private final Reason reason;
  private final Code code;
  private final String detail;
  private final transient List<Violation> violations;

  ControlException(Reason reason, Code code, Path socket, String detail, Throwable cause) {
    super(socket + ": " + detail, cause);
    this.reason = reason;
    this.code = code;
    this.detail = detail;
    this.violations = Failures.violations(cause);
  }

  public Reason reason() {
    return reason;
  }

  public Code code() {
    return code;
  }

  /** What happened, in words and without the path. */
  public String detail() {
    return detail;
  }

  /** The fields that are wrong, where the daemon names them. */
  public List<Violation> violations() {
    return violations;
  }
}
