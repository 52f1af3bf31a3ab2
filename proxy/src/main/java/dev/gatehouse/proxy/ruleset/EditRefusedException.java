package dev.gatehouse.proxy.ruleset;

import org.jspecify.annotations.Nullable;

/** An edit that was not made; the message says what was given, what is expected, what to do. */
public final class EditRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why an edit was not made. */
  public enum Reason {
    /** What it asks for is wrong in itself. */
    INVALID,
    /** What it is about is not there. */
    NOT_FOUND,
    /** What it would add is there. */
    ALREADY_EXISTS,
    /** Something else has to change before. */
    NOT_NOW,
    /** There would be too many. */
    TOO_MANY,
    /** The database or the daemon has no time for it now. */
    BUSY,
    /** It could not be written; nothing has changed. */
    NOT_WRITTEN
  }

  private final Reason reason;
  private final String field;

  /**
   * @param field of the edit that is at fault, as operators call it; empty for none
   */
  public EditRefusedException(Reason reason, String field, String message) {
    this(reason, field, message, null);
  }

  /** As the other, for one that something else has caused. */
  public EditRefusedException(
      Reason reason, String field, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.field = field;
  }

  /** Why it was not made. */
  public Reason reason() {
    return reason;
  }

  /** What is at fault, such as {@code hostname}; empty for nothing in particular. */
  public String field() {
    return field;
  }
}
