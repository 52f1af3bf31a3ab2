package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.tracker.HashRule;
import dev.gatehouse.client.tracker.Swarm;
import dev.gatehouse.client.tracker.SwarmPeer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse tracker swarm}. */
@Command(
    name = "swarm",
    description = "Show what is known of one torrent.",
    footer = {
      "",
      "Examples:",
      "  gatehouse tracker swarm 3532cf2d327fad8448c075b4cb42c8136964a435",
      "  gatehouse tracker swarm 3532cf2d327fad8448c075b4cb42c8136964a435 --peers 20"
    })
final class ShowSwarm extends DaemonCommand {

  @Parameters(paramLabel = "HASH", description = "Its info hash, of 40 or 64 hexadecimal digits.")
  private String hash = "";

  @Option(
      names = "--peers",
      paramLabel = "N",
      description = "Show so many of its peers, up to 1000; default: none.")
  private int peers = 0;

  ShowSwarm(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected void check() {
    refuse(peers < 0 || peers > 1000, "peers: %d (expected: 0 to 1000)".formatted(peers));
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Swarm swarm = client.tracker().swarm(hash, peers);
    return show(
        () ->
            "%d seeders, %d leechers, %d downloads; %s%n"
                    .formatted(
                        swarm.seeders(),
                        swarm.leechers(),
                        swarm.downloads(),
                        swarm.rule().map(ShowSwarm::decision).orElse("no rule"))
                + (swarm.peers().isEmpty() ? "" : render(table(swarm))),
        json -> json(swarm, json));
  }

  private void json(Swarm swarm, Json json) {
    json.text("info_hash", hash)
        .number("seeders", swarm.seeders())
        .number("leechers", swarm.leechers())
        .number("downloads", swarm.downloads());
    swarm
        .rule()
        .ifPresentOrElse(
            rule -> json.object("rule", inner -> ListRules.json(rule, inner)),
            () -> json.nothing("rule"));
    json.objects("peers", swarm.peers(), peer -> json(peer, json));
  }

  private static void json(SwarmPeer peer, Json json) {
    json.text("address", peer.address())
        .text("client", peer.client())
        .text("role", role(peer))
        .number("age_seconds", peer.age().toSeconds());
  }

  private static Table table(Swarm swarm) {
    Table table = Table.of("PEER", "CLIENT", "ROLE", "AGE");
    for (SwarmPeer peer : swarm.peers()) {
      table.row(
          TextStyle.PLAIN,
          List.of(
              PlainText.of(peer.address()),
              PlainText.of(peer.client()),
              role(peer),
              Times.words(peer.age())));
    }
    return table;
  }

  private static String role(SwarmPeer peer) {
    return peer.seeder() ? "seeder" : "leecher";
  }

  private static String decision(HashRule rule) {
    String verdict = "rule: " + Words.of(rule.verdict());
    return rule.note().isEmpty() ? verdict : verdict + " (" + PlainText.of(rule.note()) + ")";
  }
}
