package dev.gatehouse.cli.firewall;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.firewall.FirewallRule;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code gatehouse firewall list}. */
@Command(
    name = "list",
    description = "Show the rules in force.",
    footer = {"", "Examples:", "  gatehouse firewall list"})
final class ListRules extends DaemonCommand {

  ListRules(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    List<FirewallRule> rules = client.firewall().rules();
    return show(
        () -> render(table(rules)),
        json ->
            json.objects(
                "rules",
                rules,
                rule -> json.text("type", Words.of(rule.type())).text("value", rule.value())));
  }

  private static Table table(List<FirewallRule> rules) {
    Table table = Table.of("TYPE", "VALUE");
    rules.forEach(
        rule ->
            table.row(TextStyle.PLAIN, List.of(Words.of(rule.type()), PlainText.of(rule.value()))));
    return table;
  }
}
