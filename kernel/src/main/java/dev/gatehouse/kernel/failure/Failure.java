package dev.gatehouse.kernel.failure;

import java.util.Optional;

/**
 * Something went wrong: whose doing it was, and how much must close.
 *
 * <p>What is {@link Expected} on the open Internet is counted by its kind and at most told at
 * debug. What is {@link Unexpected} is logged once, with its cause.
 */
public sealed interface Failure {

  Culprit culprit();

  Scope scope();

  /** A thing of every day. */
  record Expected(Kind kind, Culprit culprit, Scope scope) implements Failure {}

  /** A bug or a lack that a human should see. */
  record Unexpected(Throwable cause, Culprit culprit, Scope scope) implements Failure {}

  /** Whose doing a failure is; decides the metric and the level. */
  enum Culprit {
    DOWNSTREAM("downstream"),
    UPSTREAM("upstream"),
    INTERNAL("internal");

    private final String label;

    Culprit(String label) {
      this.label = label;
    }

    /** The word for this culprit in metrics and logs. */
    public String label() {
      return label;
    }
  }

  /** How much a failure takes with it; decides what closes. */
  enum Scope {
    STREAM,
    CONNECTION,
    PROCESS
  }

  /**
   * Classifies what was thrown on a connection; only the caller knows whose side it was.
   *
   * <p>An exception that wraps an expected one is as expected. Errors of the virtual machine are
   * nobody's but our own, and end the process.
   */
  static Failure of(Throwable thrown, Culprit culprit) {
    if (thrown instanceof VirtualMachineError) {
      return new Unexpected(thrown, Culprit.INTERNAL, Scope.PROCESS);
    }
    Optional<Kind> kind = ThrownKinds.of(thrown);
    return kind.isPresent()
        ? new Expected(kind.get(), culprit, Scope.CONNECTION)
        : new Unexpected(thrown, culprit, Scope.CONNECTION);
  }
}
