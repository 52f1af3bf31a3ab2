package dev.gatehouse.cli.daemon;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.daemon.Status;
import picocli.CommandLine.Command;

/** {@code gatehouse status}. */
@Command(
    name = "status",
    description = "Show what the daemon runs, since when, and on which sockets it listens.",
    footer = {
      "",
      "Examples:",
      "  gatehouse status",
      "  gatehouse status --json | jq '.services[] | select(.state != \"serving\")'"
    })
final class StatusCommand extends DaemonCommand {

  StatusCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Status status = client.daemon().status();
    return show(() -> new StatusText(terminal()).of(status), json -> StatusJson.of(json, status));
  }
}
