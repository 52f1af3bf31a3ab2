package dev.gatehouse.cli.relay;

import dev.gatehouse.cli.command.CommandGroup;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about the relay of a running daemon. */
public final class RelayCommands {

  private RelayCommands() {}

  /** The words behind {@code relay} that are commands about a relay which runs. */
  public static Set<String> names() {
    return Set.of("servers", "server", "kick", "bans");
  }

  /** {@code relay servers|server|kick|bans}. */
  public static CommandLine relay(Terminal terminal) {
    return new CommandLine(new Relay())
        .addSubcommand(new ListServers(terminal))
        .addSubcommand(new ShowServer(terminal))
        .addSubcommand(new Kick(terminal))
        .addSubcommand(
            new CommandLine(new ListBans(terminal)).addSubcommand(new RemoveBan(terminal)));
  }

  @Command(
      name = "relay",
      description = "Run the relay alone; or show and close the connections of one that runs.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Examples:",
        "  gatehouse relay servers --sort phones",
        "  gatehouse relay kick 5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37 --for 10m",
        "  gatehouse drain relay"
      })
  private static final class Relay extends CommandGroup {}
}
