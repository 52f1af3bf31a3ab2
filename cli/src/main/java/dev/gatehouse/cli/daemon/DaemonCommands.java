package dev.gatehouse.cli.daemon;

import dev.gatehouse.cli.terminal.Terminal;
import java.util.List;

/** The commands about the daemon as a whole. */
public final class DaemonCommands {

  private DaemonCommands() {}

  /** What the daemon does. */
  public static Object status(Terminal terminal) {
    return new StatusCommand(terminal);
  }

  /** What the daemon is told. */
  public static List<Object> orders(Terminal terminal) {
    return List.of(
        new ReloadCommand(terminal),
        new DrainCommand(terminal),
        new SnapshotCommand(terminal),
        new LogLevelCommand(terminal));
  }
}
