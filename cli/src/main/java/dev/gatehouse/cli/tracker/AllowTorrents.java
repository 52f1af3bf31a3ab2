package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.tracker.HashRule.Verdict;
import picocli.CommandLine.Command;

/** {@code gatehouse tracker allow}. */
@Command(
    name = "allow",
    description = "Let torrents in that are not on a list of approved ones.",
    footer = {
      "",
      "Examples:",
      "  gatehouse tracker allow 3532cf2d327fad8448c075b4cb42c8136964a435"
    })
final class AllowTorrents extends DecideTorrents {

  AllowTorrents(Terminal terminal) {
    super(terminal, Verdict.ALLOW, "allowed");
  }
}
