package dev.gatehouse.cli.firewall;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.firewall.FirewallRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse firewall add}. */
@Command(
    name = "add",
    description = "Block an address, a network or a country.",
    footer = {
      "",
      "Examples:",
      "  gatehouse firewall add ip 198.51.100.7",
      "  gatehouse firewall add cidr 198.51.100.0/24 --close-existing",
      "  gatehouse firewall add country AQ"
    })
final class AddRule extends DaemonCommand {

  @Mixin private RuleArguments arguments = new RuleArguments();

  @Option(
      names = "--close-existing",
      description = "Also reset the open connections that the rule matches.")
  private boolean closeExisting;

  AddRule(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    FirewallRule rule = arguments.rule();
    long closed = client.firewall().addRule(rule, closeExisting);
    return show(
        () -> "added: %s%s%n".formatted(RuleArguments.text(rule), reset(closed)),
        json ->
            json.text("type", Words.of(rule.type()))
                .text("value", rule.value())
                .text("outcome", "added")
                .number("closed_connections", closed));
  }

  private String reset(long closed) {
    return closeExisting
        ? "; %d open %s reset"
            .formatted(closed, closed == 1 ? "connection was" : "connections were")
        : "";
  }
}
