package dev.gatehouse.cli.relay;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.relay.RelayBan;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code gatehouse relay bans}. */
@Command(
    name = "bans",
    description = "Show the server-ids that no binary may claim for the time being.",
    footer = {
      "",
      "Examples:",
      "  gatehouse relay bans",
      "  gatehouse relay bans remove 5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37"
    })
final class ListBans extends DaemonCommand {

  ListBans(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    List<RelayBan> bans = client.relay().bans();
    return show(
        () -> render(table(bans)),
        json ->
            json.objects(
                "bans",
                bans,
                ban ->
                    json.text("server_id", ban.serverId())
                        .text("until", Times.forPrograms(ban.until()))));
  }

  private static Table table(List<RelayBan> bans) {
    Table table = Table.of("SERVER-ID", "UNTIL");
    for (RelayBan ban : bans) {
      table.row(
          TextStyle.PLAIN,
          List.of(
              PlainText.of(ban.serverId()), Times.forPeople(ban.until(), ZoneId.systemDefault())));
    }
    return table;
  }
}
