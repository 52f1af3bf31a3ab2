package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.tracker.HashRule;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code gatehouse tracker rules}. */
@Command(
    name = "rules",
    description = "Show what was decided about single torrents.",
    footer = {"", "Examples:", "  gatehouse tracker rules"})
final class ListRules extends DaemonCommand {

  ListRules(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    List<HashRule> rules = client.tracker().rules();
    return show(
        () -> render(table(rules)), json -> json.objects("rules", rules, rule -> json(rule, json)));
  }

  private Table table(List<HashRule> rules) {
    Table table = Table.of("TORRENT", "VERDICT", "DECIDED", "NOTE").shortening("NOTE");
    for (HashRule rule : rules) {
      table.row(
          TextStyle.PLAIN,
          List.of(
              PlainText.of(rule.infoHash()),
              Words.of(rule.verdict()),
              Times.forPeople(rule.decided(), terminal().zone()),
              PlainText.of(rule.note())));
    }
    return table;
  }

  static void json(HashRule rule, Json json) {
    json.text("info_hash", rule.infoHash())
        .text("verdict", Words.of(rule.verdict()))
        .text("note", rule.note())
        .text("decided", Times.forPrograms(rule.decided()));
  }
}
