package dev.gatehouse.net.connect;

import org.jspecify.annotations.Nullable;

/** There is no connection; an everyday thing, so it has a reason and no stack trace. */
public final class DialException extends Exception {

  private static final long serialVersionUID = 1;

  private final DialFailure failure;

  /**
   * A dial that failed.
   *
   * @param target the destination, or the name that has no address
   */
  public DialException(Object target, DialFailure failure, @Nullable Throwable cause) {
    super(target + ": " + failure.label(), cause, false, false);
    this.failure = failure;
  }

  /** Why. */
  public DialFailure failure() {
    return failure;
  }
}
