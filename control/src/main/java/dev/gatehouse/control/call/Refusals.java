package dev.gatehouse.control.call;

import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;

/** Refusals of the features as statuses of calls. */
final class Refusals {

  private Refusals() {}

  static StatusRuntimeException of(EditRefusedException refused) {
    String message = String.valueOf(refused.getMessage());
    return refused.reason() == Reason.INVALID && !refused.field().isEmpty()
        ? Violations.of(List.of(new Violation(refused.field(), message)))
        : code(refused.reason()).withDescription(message).asRuntimeException();
  }

  static StatusRuntimeException of(ConfigRefusedException refused) {
    return Violations.of(
        refused.problems().stream()
            .map(problem -> new Violation(Violation.WHOLE_FILE, problem.toString()))
            .toList());
  }

  private static Status code(Reason reason) {
    return switch (reason) {
      case INVALID -> Status.INVALID_ARGUMENT;
      case NOT_FOUND -> Status.NOT_FOUND;
      case ALREADY_EXISTS -> Status.ALREADY_EXISTS;
      case NOT_NOW -> Status.FAILED_PRECONDITION;
      case TOO_MANY -> Status.RESOURCE_EXHAUSTED;
      case BUSY -> Status.UNAVAILABLE;
      case NOT_WRITTEN -> Status.INTERNAL;
    };
  }
}
