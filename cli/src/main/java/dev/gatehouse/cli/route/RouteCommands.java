package dev.gatehouse.cli.route;

import dev.gatehouse.cli.command.CommandGroup;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about routes and their policies. */
public final class RouteCommands {

  private RouteCommands() {}

  /** {@code routes list|add|remove}. */
  public static CommandLine routes(Terminal terminal) {
    return new CommandLine(new Routes())
        .addSubcommand(new ListRoutes(terminal))
        .addSubcommand(new AddRoute(terminal))
        .addSubcommand(new RemoveRoute(terminal));
  }

  /** {@code policies list|add|remove}. */
  public static CommandLine policies(Terminal terminal) {
    return new CommandLine(new Policies())
        .addSubcommand(new ListPolicies(terminal))
        .addSubcommand(new AddPolicy(terminal))
        .addSubcommand(new RemovePolicy(terminal));
  }

  @Command(
      name = "routes",
      description = "Show and change where names lead.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Examples:",
        "  gatehouse routes list",
        "  gatehouse routes add git.example.org 10.0.0.5:443",
        "  gatehouse routes remove git.example.org"
      })
  private static final class Routes extends CommandGroup {}

  @Command(
      name = "policies",
      description = "Show and change what an L7 route asks of requests.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Examples:",
        "  gatehouse policies list www.example.org",
        "  gatehouse policies add www.example.org require_header X-Api-Key"
      })
  private static final class Policies extends CommandGroup {}
}
