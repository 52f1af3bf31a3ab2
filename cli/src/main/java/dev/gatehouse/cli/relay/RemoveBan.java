package dev.gatehouse.cli.relay;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse relay bans remove}. */
@Command(
    name = "remove",
    description = "Let binaries claim a server-id again.",
    footer = {
      "",
      "Examples:",
      "  gatehouse relay bans remove 5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37"
    })
final class RemoveBan extends DaemonCommand {

  @Parameters(paramLabel = "SERVER-ID", description = "Which one.")
  private String serverId = "";

  RemoveBan(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    client.relay().removeBan(serverId);
    return show(
        () -> "removed: %s%n".formatted(PlainText.of(serverId)),
        json -> json.text("server_id", serverId).text("outcome", "removed"));
  }
}
