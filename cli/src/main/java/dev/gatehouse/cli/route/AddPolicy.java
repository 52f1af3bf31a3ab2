package dev.gatehouse.cli.route;

import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.ProxyClient;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.Warning;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code gatehouse policies add}. */
@Command(
    name = "add",
    description = "Ask one thing more of the requests of a route.",
    footer = {
      "",
      "Examples:",
      "  gatehouse policies add www.example.org block_user_agent BadBot",
      "  gatehouse policies add :443 www.example.org require_header X-Api-Key"
    })
final class AddPolicy extends PolicyCommand {

  AddPolicy(Terminal terminal) {
    super(terminal, "added");
  }

  @Override
  List<Warning> change(ProxyClient proxy, String listener, String hostname, L7Policy policy)
      throws ControlException {
    return proxy.addPolicy(listener, hostname, policy);
  }
}
