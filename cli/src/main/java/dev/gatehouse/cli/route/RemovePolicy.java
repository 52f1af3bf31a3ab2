package dev.gatehouse.cli.route;

import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.ProxyClient;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.Warning;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code gatehouse policies remove}. */
@Command(
    name = "remove",
    description = "Ask one thing less of the requests of a route.",
    footer = {
      "",
      "Examples:",
      "  gatehouse policies remove www.example.org block_user_agent BadBot"
    })
final class RemovePolicy extends PolicyCommand {

  RemovePolicy(Terminal terminal) {
    super(terminal, "removed");
  }

  @Override
  List<Warning> change(ProxyClient proxy, String listener, String hostname, L7Policy policy)
      throws ControlException {
    proxy.removePolicy(listener, hostname, policy);
    return List.of();
  }
}
