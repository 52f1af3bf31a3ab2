package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.ExitCode;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.tracker.RefreshedSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse tracker refresh}. */
@Command(
    name = "refresh",
    description = "Read lists of torrents and fetch keys of tokens, now.",
    footer = {
      "",
      "Ends with 1 if one of them cannot be read; what was known of it stays in force.",
      "",
      "Examples:",
      "  gatehouse tracker refresh",
      "  gatehouse tracker refresh 'torrent approval'"
    })
final class RefreshSources extends DaemonCommand {

  @Parameters(paramLabel = "HOOK", arity = "0..1", description = "This hook alone.")
  private String hook = "";

  RefreshSources(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    List<RefreshedSource> sources = client.tracker().refresh(hook);
    int shown =
        show(
            () -> sources.isEmpty() ? "no hook reads anything\n" : render(table(sources)),
            json ->
                json.objects(
                    "sources",
                    sources,
                    source ->
                        json.text("hook", source.hook())
                            .number("entries", source.entries())
                            .text("failure", source.failure())));
    boolean failed = sources.stream().anyMatch(source -> !source.failure().isEmpty());
    return failed ? ExitCode.FAILED : shown;
  }

  private static Table table(List<RefreshedSource> sources) {
    Table table = Table.of("HOOK", "ENTRIES", "OUTCOME").shortening("OUTCOME");
    for (RefreshedSource source : sources) {
      boolean failed = !source.failure().isEmpty();
      table.row(
          failed ? TextStyle.RED : TextStyle.PLAIN,
          List.of(
              PlainText.of(source.hook()),
              Long.toString(source.entries()),
              failed ? PlainText.of(source.failure()) : "read"));
    }
    return table;
  }
}
