package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse tracker remove}. */
@Command(
    name = "remove",
    description = "Take everybody out of a torrent's swarm and forget its downloads.",
    footer = {
      "",
      "Who announces it again is in it again; deny the torrent to keep everybody out.",
      "",
      "Examples:",
      "  gatehouse tracker remove 3532cf2d327fad8448c075b4cb42c8136964a435"
    })
final class RemoveTorrent extends DaemonCommand {

  @Parameters(paramLabel = "HASH", description = "Its info hash, of 40 or 64 hexadecimal digits.")
  private String hash = "";

  RemoveTorrent(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    long peers = client.tracker().remove(hash);
    return show(
        () -> "removed: %d %s%n".formatted(peers, peers == 1 ? "peer" : "peers"),
        json -> json.text("outcome", "removed").text("info_hash", hash).number("peers", peers));
  }
}
