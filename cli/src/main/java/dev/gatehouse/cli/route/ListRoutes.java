package dev.gatehouse.cli.route;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.proxy.Route;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse routes list}. */
@Command(
    name = "list",
    description = "Show where names lead.",
    footer = {
      "",
      "Examples:",
      "  gatehouse routes list",
      "  gatehouse routes list :443",
      "  gatehouse routes list --json | jq -r '.routes[] | select(.state != \"serving\").hostname'"
    })
final class ListRoutes extends DaemonCommand {

  @Parameters(arity = "0..1", paramLabel = "LISTENER", description = "Only routes of this one.")
  private String listener = "";

  ListRoutes(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    List<Route> routes = client.proxy().routes(listener);
    return show(
        () -> render(RouteText.table(routes)) + RouteText.foot(routes),
        json -> json.objects("routes", routes, route -> RouteJson.of(json, route)));
  }
}
