package dev.gatehouse.control.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.control.api.ControlException.Reason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
    if (bytes > ControlClient.MAX_SOCKET_PATH_BYTES) {
      String detail =
          "path of %d bytes (expected: at most %d)"
              .formatted(bytes, ControlClient.MAX_SOCKET_PATH_BYTES);
      throw new ControlException(
          Reason.PATH_TOO_LONG, socket, detail, new IllegalArgumentException(detail));
    }
  }

  static ControlException of(Path socket, StatusRuntimeException failure) {
    Status status = failure.getStatus();
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED -> exception(Reason.TIMEOUT, socket, failure);
      case UNAVAILABLE -> unavailable(socket, failure);
      case CANCELLED -> exception(Reason.LOST, socket, failure);
      default -> new ControlException(Reason.REJECTED, socket, words(status), failure);
    };
  }

  private static ControlException unavailable(Path socket, StatusRuntimeException failure) {
    if (connectFailure(failure).isEmpty()) {
      String detail =
          failure.getStatus().getCause() == null ? words(failure.getStatus()) : Reason.LOST.words();
      return new ControlException(Reason.LOST, socket, detail, failure);
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
    return new ControlException(reason, socket, reason.words(), failure);
  }

  private static String words(Status status) {
    String description = status.getDescription();
    return description == null ? status.getCode().name() : description;
  }
}
