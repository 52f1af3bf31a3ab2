package dev.gatehouse.cli.route;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.Target;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse routes remove}. */
@Command(
    name = "remove",
    description = "Remove a route with its policies; its open connections go on.",
    footer = {
      "",
      "Examples:",
      "  gatehouse routes remove git.example.org",
      "  gatehouse routes remove :443 git.example.org"
    })
final class RemoveRoute extends DaemonCommand {

  @Parameters(
      index = "0..1",
      arity = "1..2",
      paramLabel = "[LISTENER] HOSTNAME",
      hideParamSyntax = true,
      description = "The listener, if there are several, and the name of the route.")
  private List<String> arguments = List.of();

  RemoveRoute(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Target target = Target.of(arguments, 1);
    String hostname = target.rest().getFirst();
    client.proxy().removeRoute(target.listener(), hostname);
    return show(
        () -> "removed: %s%n".formatted(PlainText.of(hostname)),
        json -> json.text("hostname", hostname).text("outcome", "removed"));
  }
}
