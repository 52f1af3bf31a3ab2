package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.tracker.HashRule.Verdict;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decides the same about torrents, in place of what was decided before. */
abstract class DecideTorrents extends DaemonCommand {

  private final Verdict verdict;
  private final String outcome;

  @Mixin private Torrents torrents = new Torrents();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Why, for whoever reads the rules later.")
  private String note = "";

  /**
   * @param outcome the word for what they are then
   */
  DecideTorrents(Terminal terminal, Verdict verdict, String outcome) {
    super(terminal);
    this.verdict = verdict;
    this.outcome = outcome;
  }

  @Override
  protected final void check() {
    refuse(torrents.isNone(), "no torrent given; name info hashes, or a --file of them");
  }

  @Override
  protected final int ask(GatehouseClient client) throws ControlException, IOException {
    List<String> hashes = torrents.all();
    client.tracker().decide(hashes, verdict, note);
    return show(
        () -> "%s: %s%n".formatted(outcome, count(hashes.size())),
        json -> json.text("outcome", outcome).number("torrents", hashes.size()));
  }

  static String count(long torrents) {
    return torrents == 1 ? "1 torrent" : torrents + " torrents";
  }
}
