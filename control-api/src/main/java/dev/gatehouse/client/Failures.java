package dev.gatehouse.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import dev.gatehouse.client.ControlException.Code;
import dev.gatehouse.client.ControlException.Reason;
import dev.gatehouse.client.ControlException.Violation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns a failed call into a reason.
 *
 * <p>The transports word a failed connect differently, so the reason comes from the file itself
 * wherever the file can tell it.
 */
final class Failures {

  private static final Pattern FILE_ERROR = Pattern.compile("No such file|[Pp]ermission denied");

  private Failures() {}

  static void checkLength(Path socket) throws ControlException {
    int bytes = socket.toString().getBytes(UTF_8).length;
    if (bytes > GatehouseClient.MAX_SOCKET_PATH_BYTES) {
      String detail =
          "path of %d bytes (expected: at most %d)"
              .formatted(bytes, GatehouseClient.MAX_SOCKET_PATH_BYTES);
      throw new ControlException(
          Reason.PATH_TOO_LONG,
          Code.UNAVAILABLE,
          socket,
          detail,
          new IllegalArgumentException(detail));
    }
  }

  static ControlException of(Path socket, StatusRuntimeException failure) {
    Status status = failure.getStatus();
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED -> exception(Reason.TIMEOUT, socket, failure);
      case UNAVAILABLE -> unavailable(socket, failure);
      case CANCELLED -> exception(Reason.LOST, socket, failure);
      default ->
          new ControlException(Reason.REJECTED, code(failure), socket, words(status), failure);
    };
  }

  private static ControlException unavailable(Path socket, StatusRuntimeException failure) {
    if (connectFailure(failure).isEmpty()) {
      String detail =
          failure.getStatus().getCause() == null ? words(failure.getStatus()) : Reason.LOST.words();
      return new ControlException(Reason.LOST, code(failure), socket, detail, failure);
    }
    return exception(unreachable(socket, connectFailure(failure).get()), socket, failure);
  }

  /** Why a socket could not be connected to. */
  static Reason unreachable(Path socket, Throwable connectFailure) {
    if (String.valueOf(connectFailure.getMessage()).contains("ermission denied")) {
      return Reason.DENIED;
    }
    try {
      return Files.readAttributes(socket, BasicFileAttributes.class).isOther()
          ? Reason.REFUSED
          : Reason.NOT_A_SOCKET;
    } catch (NoSuchFileException e) {
      return Reason.NO_FILE;
    } catch (AccessDeniedException e) {
      return Reason.DENIED;
    } catch (IOException e) {
      return Reason.REFUSED;
    }
  }

  private static Optional<Throwable> connectFailure(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(Failures::isConnectFailure)
        .findFirst();
  }

  /** The JDK's transport raises a plain SocketException for all but a refusal. */
  private static boolean isConnectFailure(Throwable cause) {
    return switch (cause) {
      case FileNotFoundException e -> true;
      case ConnectException e -> true;
      case SocketException e -> FILE_ERROR.matcher(String.valueOf(e.getMessage())).find();
      default -> false;
    };
  }

  private static ControlException exception(
      Reason reason, Path socket, StatusRuntimeException failure) {
    return new ControlException(reason, code(failure), socket, reason.words(), failure);
  }

  /** Ours are spelled as gRPC's, less OK, which is no failure. */
  private static Code code(StatusRuntimeException failure) {
    return Code.valueOf(failure.getStatus().getCode().name());
  }

  private static String words(Status status) {
    String description = status.getDescription();
    return description == null ? status.getCode().name() : description;
  }

  /** Which fields of a refused call were wrong, by the details of its status. */
  static List<Violation> violations(Throwable failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    return status == null
        ? List.of()
        : status.getDetailsList().stream().flatMap(Failures::ofDetail).toList();
  }

  /** A detail of another kind, or one that cannot be read, names no field. */
  private static Stream<Violation> ofDetail(Any detail) {
    if (!detail.is(BadRequest.class)) {
      return Stream.of();
    }
    try {
      return detail.unpack(BadRequest.class).getFieldViolationsList().stream()
          .map(field -> new Violation(field.getField(), field.getDescription()));
    } catch (InvalidProtocolBufferException e) {
      return Stream.of();
    }
  }
}
