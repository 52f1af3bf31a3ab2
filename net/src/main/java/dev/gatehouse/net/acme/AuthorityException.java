package dev.gatehouse.net.acme;

import java.io.Serial;

/** There is no certificate; the message is for operators and quotes nothing that was received. */
final class AuthorityException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final OrderFailure failure;

  AuthorityException(OrderFailure failure, String message) {
    super(message);
    this.failure = failure;
  }

  AuthorityException(OrderFailure failure, String message, Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  OrderFailure failure() {
    return failure;
  }
}
