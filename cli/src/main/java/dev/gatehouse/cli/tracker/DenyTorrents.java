package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.tracker.HashRule.Verdict;
import picocli.CommandLine.Command;

/** {@code gatehouse tracker deny}. */
@Command(
    name = "deny",
    description = "Refuse announces of torrents, at once and after a restart.",
    footer = {"", "Examples:", "  gatehouse tracker deny 3532cf2d327fad8448c075b4cb42c8136964a435"})
final class DenyTorrents extends DecideTorrents {

  DenyTorrents(Terminal terminal) {
    super(terminal, Verdict.DENY, "denied");
  }
}
