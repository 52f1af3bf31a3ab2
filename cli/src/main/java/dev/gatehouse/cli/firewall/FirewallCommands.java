package dev.gatehouse.cli.firewall;

import dev.gatehouse.cli.command.CommandGroup;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about the firewall. */
public final class FirewallCommands {

  private FirewallCommands() {}

  /** {@code firewall list|add|remove|explain}. */
  public static CommandLine firewall(Terminal terminal) {
    return new CommandLine(new Firewall())
        .addSubcommand(new ListRules(terminal))
        .addSubcommand(new AddRule(terminal))
        .addSubcommand(new RemoveRule(terminal))
        .addSubcommand(new ExplainAddress(terminal));
  }

  @Command(
      name = "firewall",
      description = "Show and change whom the public listeners of all services let in.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Examples:",
        "  gatehouse firewall add cidr 198.51.100.0/24 --close-existing",
        "  gatehouse firewall explain 198.51.100.7"
      })
  private static final class Firewall extends CommandGroup {}
}
