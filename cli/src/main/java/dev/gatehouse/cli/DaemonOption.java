package dev.gatehouse.cli;

import dev.gatehouse.control.api.ControlClient;
import dev.gatehouse.control.api.ControlException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the daemon is, and how a command talks to it. */
final class DaemonOption {

  /** The key {@code ops.control} of the configuration, as a variable. */
  static final String VARIABLE = "GATEHOUSE_OPS_CONTROL";

  private static final Path IN_THIS_FOLDER = Path.of("gatehouse-data", "control.sock");
  private static final Path OF_THE_SYSTEM = Path.of("/run/gatehouse/control.sock");
  private static final Path NOWHERE = Path.of("");

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = {
        "The control socket of the daemon.",
        "Default: $GATEHOUSE_OPS_CONTROL, else gatehouse-data/control.sock, else"
            + " /run/gatehouse/control.sock if only that exists."
      })
  private Path socket = NOWHERE;

  /** A piece of work with a daemon. */
  @FunctionalInterface
  interface Work {
    int run(ControlClient daemon) throws ControlException;
  }

  /**
   * Does the work with the daemon.
   *
   * @param alternative what else the command could do, for the message when there is none
   */
  int with(Map<String, String> environment, String alternative, Work work)
      throws ControlException, DaemonUnreachable {
    Path path = path(environment, OF_THE_SYSTEM);
    try (ControlClient daemon = ControlClient.open(path)) {
      return work.run(daemon);
    } catch (ControlException e) {
      if (e.reason().isUnreachable()) {
        throw new DaemonUnreachable(path, e, alternative);
      }
      throw e;
    }
  }

  Path path(Map<String, String> environment, Path ofTheSystem) {
    if (!socket.equals(NOWHERE)) {
      return socket;
    }
    String configured = environment.getOrDefault(VARIABLE, "");
    if (!configured.isEmpty()) {
      return Path.of(configured);
    }
    return !Files.exists(IN_THIS_FOLDER) && Files.exists(ofTheSystem)
        ? ofTheSystem
        : IN_THIS_FOLDER;
  }
}
