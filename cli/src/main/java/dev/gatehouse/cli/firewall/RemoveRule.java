package dev.gatehouse.cli.firewall;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.firewall.FirewallRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse firewall remove}. */
@Command(
    name = "remove",
    description = "Let an address, a network or a country in again.",
    footer = {"", "Examples:", "  gatehouse firewall remove ip 198.51.100.7"})
final class RemoveRule extends DaemonCommand {

  @Mixin private RuleArguments arguments = new RuleArguments();

  RemoveRule(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    FirewallRule rule = arguments.rule();
    client.firewall().removeRule(rule);
    return show(
        () -> "removed: %s%n".formatted(RuleArguments.text(rule)),
        json ->
            json.text("type", Words.of(rule.type()))
                .text("value", rule.value())
                .text("outcome", "removed"));
  }
}
