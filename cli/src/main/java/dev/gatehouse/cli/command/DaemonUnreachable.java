package dev.gatehouse.cli.command;

import dev.gatehouse.client.ControlException;
import java.nio.file.Path;

/** No daemon answered at the control socket; the message says what to do. */
public final class DaemonUnreachable extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param alternative what else the command could do without a daemon, or nothing
   */
  DaemonUnreachable(Path socket, ControlException cause, String alternative) {
    super(
        "no daemon at %s (%s); %s"
            .formatted(socket, cause.detail(), remedy(cause.reason()) + alternative),
        cause);
  }

  private static String remedy(ControlException.Reason reason) {
    return switch (reason) {
      case DENIED -> "run this as the daemon's user";
      case NOT_A_SOCKET, PATH_TOO_LONG -> "name the control socket with --socket";
      case NO_FILE, REFUSED, TIMEOUT, LOST, REJECTED -> "start it with 'gatehouse run'";
    };
  }
}
