package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.tracker.ThrottledClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse tracker throttled}. */
@Command(
    name = "throttled",
    description = "Show who is beyond a limit of requests or of refusals now.",
    footer = {
      "",
      "Examples:",
      "  gatehouse tracker throttled",
      "  gatehouse tracker throttled clear 192.0.2.7"
    })
final class ListThrottled extends DaemonCommand {

  private static final int MOST = 10_000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Show so many at most, up to 10000; default: ${DEFAULT-VALUE}.")
  private int limit = 100;

  ListThrottled(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected void check() {
    refuse(limit < 1 || limit > MOST, "limit: %d (expected: 1 to %d)".formatted(limit, MOST));
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    List<ThrottledClient> clients = client.tracker().throttled(limit);
    return show(
        () -> render(table(clients)),
        json ->
            json.objects(
                "clients",
                clients,
                each -> json.text("limit", each.limit()).text("address", each.address())));
  }

  private static Table table(List<ThrottledClient> clients) {
    Table table = Table.of("ADDRESS", "LIMIT");
    clients.forEach(
        each ->
            table.row(
                TextStyle.PLAIN,
                List.of(PlainText.of(each.address()), PlainText.of(each.limit()))));
    return table;
  }
}
