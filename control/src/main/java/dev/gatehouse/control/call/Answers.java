package dev.gatehouse.control.call;

import dev.gatehouse.proxy.ruleset.EditRefusedException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place in which a call's result or failure becomes its answer. */
public final class Answers {

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /**
   * Answers with what the reply gives, or with the refusal that it throws; anything else that it
   * throws is a bug, of which the caller learns no more than that.
   */
  public static <T> void answer(StreamObserver<T> call, Reply<T> reply) {
    T message;
    try {
      message = reply.give();
    } catch (Exception e) {
      call.onError(failure(e));
      return;
    }
    call.onNext(message);
    call.onCompleted();
  }

  /** The failure as the caller may see it. */
  public static StatusRuntimeException failure(Exception failure) {
    return switch (failure) {
      case StatusRuntimeException status -> status;
      case EditRefusedException refused -> Refusals.of(refused);
      case ConfigRefusedException refused -> Refusals.of(refused);
      default -> bug(failure);
    };
  }

  private static StatusRuntimeException bug(Exception failure) {
    log.atError().setMessage("control_call_failed").setCause(failure).log();
    return Status.INTERNAL
        .withDescription("the daemon failed to answer; its log says why")
        .asRuntimeException();
  }
}
