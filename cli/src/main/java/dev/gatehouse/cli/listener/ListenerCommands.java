package dev.gatehouse.cli.listener;

import dev.gatehouse.cli.command.CommandGroup;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about the listeners of the front door. */
public final class ListenerCommands {

  private ListenerCommands() {}

  /** {@code listeners list|limit}. */
  public static CommandLine listeners(Terminal terminal) {
    return new CommandLine(new Listeners())
        .addSubcommand(new ListListeners(terminal))
        .addSubcommand(new LimitListener(terminal));
  }

  @Command(
      name = "listeners",
      description = "Show the listeners of the front door, and limit their connections.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {"", "Examples:", "  gatehouse listeners list", "  gatehouse listeners limit 5000"})
  private static final class Listeners extends CommandGroup {}
}
