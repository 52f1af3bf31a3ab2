package dev.gatehouse.cli.config;

import dev.gatehouse.cli.command.CommandGroup;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about what the file says and what the database has. */
public final class ConfigCommands {

  private ConfigCommands() {}

  /** {@code config diff|apply|export}. */
  public static CommandLine config(Terminal terminal) {
    return new CommandLine(new Config())
        .addSubcommand(new DiffConfig(terminal))
        .addSubcommand(new ApplyConfig(terminal))
        .addSubcommand(new ExportConfig(terminal));
  }

  @Command(
      name = "config",
      description = "Compare the configuration file with the database, and make one the other.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Examples:",
        "  gatehouse config diff",
        "  gatehouse config apply --dry-run",
        "  gatehouse config export gatehouse.toml"
      })
  private static final class Config extends CommandGroup {}
}
