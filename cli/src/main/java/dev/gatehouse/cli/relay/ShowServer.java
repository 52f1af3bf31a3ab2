package dev.gatehouse.cli.relay;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.relay.ServerDetails;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse relay server}. */
@Command(
    name = "server",
    description = "Show one server-id and its phones.",
    footer = {"", "Examples:", "  gatehouse relay server 5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37"})
final class ShowServer extends DaemonCommand {

  @Parameters(paramLabel = "SERVER-ID", description = "Which one.")
  private String serverId = "";

  ShowServer(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    ServerDetails details = client.relay().server(serverId);
    ZoneId zone = ZoneId.systemDefault();
    return show(
        () ->
            render(ServerText.servers(List.of(details.server()), zone))
                + (details.phones().isEmpty()
                    ? ""
                    : "\n" + render(ServerText.phones(details.phones(), zone))),
        json -> {
          ServerText.json(json, details.server());
          json.objects("phone_list", details.phones(), phone -> ServerText.json(json, phone));
        });
  }
}
