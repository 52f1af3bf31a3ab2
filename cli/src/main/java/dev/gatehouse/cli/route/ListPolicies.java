package dev.gatehouse.cli.route;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.Target;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.proxy.L7Policy;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse policies list}. */
@Command(
    name = "list",
    description = "Show what a route asks of requests, in the order in which it asks.",
    footer = {"", "Examples:", "  gatehouse policies list www.example.org"})
final class ListPolicies extends DaemonCommand {

  @Parameters(
      index = "0..1",
      arity = "1..2",
      paramLabel = "[LISTENER] HOSTNAME",
      hideParamSyntax = true,
      description = "The listener, if there are several, and the name of the route.")
  private List<String> arguments = List.of();

  ListPolicies(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Target target = Target.of(arguments, 1);
    List<L7Policy> policies = client.proxy().policies(target.listener(), target.rest().getFirst());
    return show(
        () -> render(table(policies)),
        json -> {
          json.text("hostname", target.rest().getFirst());
          RouteJson.policies(json, "policies", policies);
        });
  }

  private static Table table(List<L7Policy> policies) {
    Table table = Table.of("TYPE", "VALUE");
    policies.forEach(
        policy ->
            table.row(
                TextStyle.PLAIN, List.of(Words.of(policy.type()), PlainText.of(policy.value()))));
    return table;
  }
}
