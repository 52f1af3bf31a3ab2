package dev.gatehouse.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tracker.client.ClientCounts;
import dev.gatehouse.tracker.client.ClientSoftware;
import dev.gatehouse.tracker.storage.Collected;
import dev.gatehouse.tracker.storage.Collector;
import dev.gatehouse.tracker.swarm.SwarmCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatsPagesTest {

  private static final Collected COLLECTED =
      new Collected(
          0,
          0,
          List.of(),
          new ClientCounts(
              Map.of(ClientSoftware.QBITTORRENT, 5L, ClientSoftware.OTHER, 2L),
              List.of(new ClientCounts.Version(ClientSoftware.QBITTORRENT, "4520", 5))));

  private final StatsPages pages =
      new StatsPages(
          () ->
              new TrackerView(
                  Duration.ofMillis(61_900),
                  new SwarmCounts(2, 3, 4, 5, 2, 6, 0, 0),
                  100,
                  10,
                  1.234,
                  0,
                  List.of(),
                  List.of(),
                  List.of(),
                  Optional.of(new Collector.Run(COLLECTED, Instant.EPOCH)),
                  true));

  @Test
  void toolsGetTheNamesThatTheyKnow() {
    assertThat(pages.json())
        .isEqualTo(
            "{\"torrents\":2,\"activeTorrents\":2,\"peersAll\":7,\"peersSeederOnly\":3,"
                + "\"peersLeecherOnly\":4,\"peersSeederAndLeecher\":0,\"peersIPv4\":5,"
                + "\"peersIPv6\":2,\"uptime\":61,\"announcesPerSecond\":1.23,"
                + "\"scrapesPerSecond\":0.00,\"clients\":{\"qBittorrent\":{\"4520\":5},\"other\":{\"other\":2}}}");
  }

  @Test
  void peopleGetOneTable() {
    assertThat(pages.html())
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("<tr><th>torrents</th><td>2</td></tr>\n")
        .contains("<tr><th>qBittorrent 4520</th><td>5</td></tr>\n")
        .contains("<tr><th>uptime</th><td>61</td></tr>\n")
        .endsWith("</table></body></html>\n");
  }
}
