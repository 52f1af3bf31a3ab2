package dev.gatehouse.control.call;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/**
 * Everything that is wrong with a request as one status, with details of the standard type.
 *
 * <p>Details travel in the headers that end a call, of which clients take 8 KiB by default. What
 * would not fit is counted instead of told.
 */
final class Violations {

  /** In base64, and with the summary twice beside them, still less than a client takes. */
  private static final int MAX_DETAIL_BYTES = 3 << 10;

  /** Characters, each of which may become nine in a header. */
  private static final int MAX_SUMMARY = 200;

  private static final int MAX_SENTENCE = 300;

  private Violations() {}

  /**
   * @param violations at least one
   */
  static StatusRuntimeException of(List<Violation> violations) {
    Status status =
        Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT_VALUE)
            .setMessage(summary(violations))
            .addDetails(Any.pack(details(violations)))
            .build();
    return StatusProto.toStatusRuntimeException(status);
  }

  private static String summary(List<Violation> violations) {
    String first = cut(violations.getFirst().toString(), MAX_SUMMARY);
    int others = violations.size() - 1;
    return others == 0 ? first : first + " (and " + others + " more)";
  }

  private static BadRequest details(List<Violation> violations) {
    BadRequest.Builder details = BadRequest.newBuilder();
    int bytes = 0;
    for (Violation violation : violations) {
      FieldViolation detail = detail(violation.field(), cut(violation.sentence(), MAX_SENTENCE));
      bytes += detail.getSerializedSize();
      if (bytes > MAX_DETAIL_BYTES) {
        int untold = violations.size() - details.getFieldViolationsCount();
        return details.addFieldViolations(detail("…", untold + " more; mend these first")).build();
      }
      details.addFieldViolations(detail);
    }
    return details.build();
  }

  private static FieldViolation detail(String field, String sentence) {
    return FieldViolation.newBuilder().setField(field).setDescription(sentence).build();
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
