package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse tracker throttled clear}. */
@Command(
    name = "clear",
    description = "Let those who are beyond a limit ask again.",
    footer = {
      "",
      "Examples:",
      "  gatehouse tracker throttled clear",
      "  gatehouse tracker throttled clear 192.0.2.7"
    })
final class ClearThrottled extends DaemonCommand {

  @Parameters(
      paramLabel = "ADDRESS",
      arity = "0..1",
      description = "This one alone; of IPv6 everybody in its /64.")
  private String address = "";

  ClearThrottled(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    long cleared = client.tracker().clearThrottled(address);
    return show(
        () -> "cleared: %d %s%n".formatted(cleared, cleared == 1 ? "address" : "addresses"),
        json -> json.text("outcome", "cleared").number("addresses", cleared));
  }
}
