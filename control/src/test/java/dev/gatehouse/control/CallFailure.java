package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * How a call failed, as its client sees it.
 *
 * @param violations each {@code field: sentence}
 */
public record CallFailure(Status.Code code, String description, List<String> violations) {

  /** Of a call that must fail. */
  public static CallFailure of(ThrowingCallable call) {
    return of(
        Objects.requireNonNull(
            catchThrowableOfType(StatusRuntimeException.class, call), "a call that fails"));
  }

  /** Of one that did. */
  public static CallFailure of(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    List<String> violations =
        Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList().stream()
            .flatMap(detail -> badRequest(detail).getFieldViolationsList().stream())
            .map(violation -> violation.getField() + ": " + violation.getDescription())
            .toList();
    return new CallFailure(
        status.getCode(), Objects.requireNonNullElse(status.getDescription(), ""), violations);
  }

  private static BadRequest badRequest(Any detail) {
    try {
      return detail.unpack(BadRequest.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
