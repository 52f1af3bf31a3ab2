package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse tracker forget}. */
@Command(
    name = "forget",
    description = "Take back what was decided about torrents.",
    footer = {
      "",
      "Examples:",
      "  gatehouse tracker forget 3532cf2d327fad8448c075b4cb42c8136964a435"
    })
final class ForgetTorrents extends DaemonCommand {

  @Mixin private Torrents torrents = new Torrents();

  ForgetTorrents(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected void check() {
    refuse(torrents.isNone(), "no torrent given; name info hashes, or a --file of them");
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException, IOException {
    List<String> hashes = torrents.all();
    long forgotten = client.tracker().forget(hashes);
    long unknown = hashes.size() - forgotten;
    return show(
        () ->
            "forgotten: %s%s%n"
                .formatted(
                    DecideTorrents.count(forgotten),
                    unknown > 0 ? "; no rule about " + unknown : ""),
        json ->
            json.text("outcome", "forgotten")
                .number("torrents", forgotten)
                .number("unknown", unknown));
  }
}
