package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.tracker.Collected;
import picocli.CommandLine.Command;

/** {@code gatehouse tracker gc}. */
@Command(
    name = "gc",
    description = "Take out peers that did not come again, now.",
    footer = {"", "Examples:", "  gatehouse tracker gc"})
final class CollectPeers extends DaemonCommand {

  CollectPeers(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Collected collected = client.tracker().collect();
    return show(
        () ->
            "collected: %d peers, %s%n"
                .formatted(collected.peers(), DecideTorrents.count(collected.torrents())),
        json ->
            json.text("outcome", "collected")
                .number("peers", collected.peers())
                .number("torrents", collected.torrents()));
  }
}
