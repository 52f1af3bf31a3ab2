package dev.gatehouse.cli.daemon;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.relay.RelaySummary;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.relay.RelayStatus;
import java.util.Optional;
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
    Optional<RelayStatus> relay =
        RelaySummary.isWorthAsking(status)
            ? Optional.of(client.relay().status())
            : Optional.empty();
    return show(
        () -> new StatusText(terminal()).of(status, relay),
        json -> {
          StatusJson.of(json, status);
          relay.ifPresent(one -> json.object("relay", inner -> RelaySummary.json(inner, one)));
        });
  }
}
