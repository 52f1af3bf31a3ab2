package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.tracker.HashRule;
import dev.gatehouse.client.tracker.Swarm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse tracker swarm}. */
@Command(
    name = "swarm",
    description = "Show what is known of one torrent.",
    footer = {
      "",
      "Examples:",
      "  gatehouse tracker swarm 3532cf2d327fad8448c075b4cb42c8136964a435"
    })
final class ShowSwarm extends DaemonCommand {

  @Parameters(paramLabel = "HASH", description = "Its info hash, of 40 or 64 hexadecimal digits.")
  private String hash = "";

  ShowSwarm(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Swarm swarm = client.tracker().swarm(hash);
    return show(
        () ->
            "%d seeders, %d leechers, %d downloads; %s%n"
                .formatted(
                    swarm.seeders(),
                    swarm.leechers(),
                    swarm.downloads(),
                    swarm.rule().map(ShowSwarm::decision).orElse("no rule")),
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
  }

  private static String decision(HashRule rule) {
    String verdict = "rule: " + Words.of(rule.verdict());
    return rule.note().isEmpty() ? verdict : verdict + " (" + PlainText.of(rule.note()) + ")";
  }
}
