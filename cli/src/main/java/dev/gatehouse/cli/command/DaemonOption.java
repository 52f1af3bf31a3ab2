package dev.gatehouse.cli.command;

import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the daemon is, and how a command talks to it. */
public final class DaemonOption {

  /** Where commands look. */
  static final String VARIABLE = "GATEHOUSE_SOCKET";

  /** The key {@code ops.control} of the configuration, as a variable. */
  static final String CONFIGURED = "GATEHOUSE_OPS_CONTROL";

  private static final Path IN_THIS_FOLDER = Path.of("gatehouse-data", "control.sock");
  private static final Path OF_THE_SYSTEM = Path.of("/run/gatehouse/control.sock");
  private static final Path NOWHERE = Path.of("");

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = {
        "The control socket of the daemon.",
        "Default: $GATEHOUSE_SOCKET, else $GATEHOUSE_OPS_CONTROL, else"
            + " gatehouse-data/control.sock, else /run/gatehouse/control.sock if only that exists."
      })
  private Path socket = NOWHERE;

  /** A piece of work with a daemon. */
  @FunctionalInterface
  public interface Work {
    int run(GatehouseClient daemon) throws ControlException, IOException;
  }

  /**
   * Does the work with the daemon.
   *
   * @param alternative what else the command could do, for the message when there is none
   */
  public int with(Map<String, String> environment, String alternative, Work work)
      throws ControlException, DaemonUnreachable, IOException {
    Path path = path(environment);
    try (GatehouseClient daemon = GatehouseClient.open(path)) {
      return work.run(daemon);
    } catch (ControlException e) {
      if (e.reason().isUnreachable()) {
        throw new DaemonUnreachable(path, e, alternative);
      }
      throw e;
    }
  }

  /** The path of the control socket, by option, variable and custom. */
  public Path path(Map<String, String> environment) {
    return path(environment, OF_THE_SYSTEM);
  }

  Path path(Map<String, String> environment, Path ofTheSystem) {
    if (!socket.equals(NOWHERE)) {
      return socket;
    }
    for (String variable : List.of(VARIABLE, CONFIGURED)) {
      String path = environment.getOrDefault(variable, "");
      if (!path.isEmpty()) {
        return Path.of(path);
      }
    }
    return !Files.exists(IN_THIS_FOLDER) && Files.exists(ofTheSystem)
        ? ofTheSystem
        : IN_THIS_FOLDER;
  }
}
