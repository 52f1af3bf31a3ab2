package dev.gatehouse.control;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place in which a call's result or failure becomes its answer. */
public final class Answers {

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /**
   * Answers with what the supplier gives, or with the status that it throws; anything else that it
   * throws is a bug, of which the caller learns no more than that.
   */
  public static <T> void answer(StreamObserver<T> call, Supplier<T> reply) {
    T message;
    try {
      message = reply.get();
    } catch (RuntimeException e) {
      call.onError(failure(e));
      return;
    }
    call.onNext(message);
    call.onCompleted();
  }

  /** The failure as the caller may see it. */
  public static StatusRuntimeException failure(RuntimeException failure) {
    if (failure instanceof StatusRuntimeException status) {
      return status;
    }
    log.atError().setMessage("control_call_failed").setCause(failure).log();
    return Status.INTERNAL
        .withDescription("the daemon failed to answer; its log says why")
        .asRuntimeException();
  }
}
