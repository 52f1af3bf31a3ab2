package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.CommandGroup;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about the tracker. */
public final class TrackerCommands {

  private TrackerCommands() {}

  /** {@code tracker stats|swarm|rules|allow|deny|forget|gc|remove|refresh|throttled|probe}. */
  public static CommandLine tracker(Terminal terminal) {
    return new CommandLine(new Tracker())
        .addSubcommand(new ShowStats(terminal))
        .addSubcommand(new ShowSwarm(terminal))
        .addSubcommand(new ListRules(terminal))
        .addSubcommand(new AllowTorrents(terminal))
        .addSubcommand(new DenyTorrents(terminal))
        .addSubcommand(new ForgetTorrents(terminal))
        .addSubcommand(new CollectPeers(terminal))
        .addSubcommand(new RemoveTorrent(terminal))
        .addSubcommand(new RefreshSources(terminal))
        .addSubcommand(
            new CommandLine(new ListThrottled(terminal))
                .addSubcommand(new ClearThrottled(terminal)))
        .addSubcommand(new ProbeTracker(terminal));
  }

  @Command(
      name = "tracker",
      description = "Show what the tracker knows, and decide about single torrents.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Examples:",
        "  gatehouse tracker stats",
        "  gatehouse tracker deny 3532cf2d327fad8448c075b4cb42c8136964a435 --note 'notice 7'"
      })
  private static final class Tracker extends CommandGroup {}
}
