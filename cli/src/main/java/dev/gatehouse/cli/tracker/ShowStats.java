package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.Figures;
import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.tracker.TrackerStats;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code gatehouse tracker stats}. */
@Command(
    name = "stats",
    description = "Show how much the tracker knows and does.",
    footer = {"", "Examples:", "  gatehouse tracker stats --json"})
final class ShowStats extends DaemonCommand {

  ShowStats(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    TrackerStats stats = client.tracker().stats();
    return show(() -> render(table(stats)), json -> json(stats, json));
  }

  private Table table(TrackerStats stats) {
    TrackerStats.Swarms swarms = stats.swarms();
    TrackerStats.Requests requests = stats.requests();
    Table table = Table.of("WHAT", "HOW MUCH");
    row(table, "up", Times.words(stats.uptime()));
    row(table, "listens on", ports(stats));
    row(table, "torrents", String.valueOf(swarms.torrents()));
    row(table, "peers", peers(stats));
    row(table, "by family", "%d IPv4, %d IPv6".formatted(swarms.ipv4Peers(), swarms.ipv6Peers()));
    row(table, "downloads", String.valueOf(swarms.downloads()));
    row(table, "announces", asked(requests.announces(), requests.announcesPerSecond()));
    row(table, "scrapes", asked(requests.scrapes(), requests.scrapesPerSecond()));
    stats.answers().kinds().stream()
        .filter(kind -> kind.count() > 0)
        .forEach(kind -> row(table, kind.protocol() + ' ' + kind.action(), "" + kind.count()));
    stats.answers().errors().forEach(error -> row(table, "refused", refused(error)));
    row(table, "clients", clients(stats));
    row(table, "store", stats.storageUp() ? "reached" : "not reached");
    row(table, "hooks", hooks(stats));
    row(table, "rules", "%d allow, %d deny".formatted(stats.allowed(), stats.denied()));
    row(table, "collected", collected(stats));
    return table;
  }

  private static void row(Table table, String what, String value) {
    table.row(TextStyle.PLAIN, List.of(what, PlainText.of(value)));
  }

  private static String refused(TrackerStats.ErrorCount error) {
    return error.count() + ", " + error.text();
  }

  private static String clients(TrackerStats stats) {
    String counts =
        stats.clients().stream()
            .map(count -> count.client() + ' ' + count.peers())
            .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "none counted" : counts;
  }

  private static String ports(TrackerStats stats) {
    return stats.ports().stream()
        .map(port -> port.protocol() + " " + port.address())
        .collect(Collectors.joining(", "));
  }

  private static String peers(TrackerStats stats) {
    TrackerStats.Swarms swarms = stats.swarms();
    String known = "%d seeders, %d leechers".formatted(swarms.seeders(), swarms.leechers());
    return stats.refusedPeers() == 0 ? known : known + "; no room for " + stats.refusedPeers();
  }

  private static String asked(long count, double perSecond) {
    return "%d, %s a second".formatted(count, Figures.rate(perSecond));
  }

  private static String hooks(TrackerStats stats) {
    String before = String.join(", ", stats.preHooks());
    String after = String.join(", ", stats.postHooks());
    return "before: %s; after: %s"
        .formatted(before.isEmpty() ? "none" : before, after.isEmpty() ? "none" : after);
  }

  private String collected(TrackerStats stats) {
    return stats
        .lastCollection()
        .map(moment -> Times.forPeople(moment, terminal().zone()))
        .orElse("not yet");
  }

  private static void json(TrackerStats stats, Json json) {
    TrackerStats.Swarms swarms = stats.swarms();
    TrackerStats.Requests requests = stats.requests();
    json.number("uptime_seconds", stats.uptime().toSeconds())
        .objects(
            "ports",
            stats.ports(),
            port -> json.text("protocol", port.protocol()).text("address", port.address()))
        .number("torrents", swarms.torrents())
        .number("seeders", swarms.seeders())
        .number("leechers", swarms.leechers())
        .number("ipv4_peers", swarms.ipv4Peers())
        .number("ipv6_peers", swarms.ipv6Peers())
        .number("refused_peers", stats.refusedPeers())
        .number("downloads", swarms.downloads())
        .number("announces", requests.announces())
        .number("scrapes", requests.scrapes())
        .measure("announces_per_second", requests.announcesPerSecond())
        .measure("scrapes_per_second", requests.scrapesPerSecond())
        .texts("pre_hooks", stats.preHooks())
        .texts("post_hooks", stats.postHooks())
        .number("allowed", stats.allowed())
        .number("denied", stats.denied())
        .text("last_collection", stats.lastCollection().map(Times::forPrograms).orElse(""));
    counts(stats, json);
  }

  private static void counts(TrackerStats stats, Json json) {
    json.objects(
            "requests",
            stats.answers().kinds(),
            kind ->
                json.text("protocol", kind.protocol())
                    .text("action", kind.action())
                    .number("count", kind.count()))
        .objects(
            "errors",
            stats.answers().errors(),
            error -> json.text("text", error.text()).number("count", error.count()))
        .objects(
            "clients",
            stats.clients(),
            client -> json.text("client", client.client()).number("peers", client.peers()))
        .truth("storage_up", stats.storageUp());
  }
}
