package dev.gatehouse.cli.top;

import dev.gatehouse.cli.text.Figures;
import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.client.tracker.TrackerStats;
import java.util.List;

/** What the tracker is doing, for people and for programs. */
final class TrackerLines {

  private TrackerLines() {}

  static String summary(TrackerStats stats) {
    TrackerStats.Swarms swarms = stats.swarms();
    return "tracker: %d torrents, %d seeders, %d leechers%s%n"
        .formatted(
            swarms.torrents(),
            swarms.seeders(),
            swarms.leechers(),
            stats.storageUp() ? "" : "; its store is not reached");
  }

  static Table table(TrackerStats stats) {
    Table table = Table.of("TRACKER", "REQUEST", "COUNT", "NEW/S");
    for (TrackerStats.Kind kind : stats.answers().kinds()) {
      table.row(
          TextStyle.PLAIN,
          List.of(
              PlainText.of(kind.protocol()),
              PlainText.of(kind.action()),
              Long.toString(kind.count()),
              kind.perSecond().isPresent() ? Figures.rate(kind.perSecond().getAsDouble()) : "-"));
    }
    return table;
  }

  static void json(TrackerStats stats, Json json) {
    TrackerStats.Swarms swarms = stats.swarms();
    json.object(
        "tracker",
        inner ->
            inner
                .number("torrents", swarms.torrents())
                .number("seeders", swarms.seeders())
                .number("leechers", swarms.leechers())
                .truth("storage_up", stats.storageUp())
                .objects(
                    "requests",
                    stats.answers().kinds(),
                    kind ->
                        inner
                            .text("protocol", kind.protocol())
                            .text("action", kind.action())
                            .number("count", kind.count())
                            .measure("per_second", kind.perSecond().orElse(Double.NaN))));
  }
}
