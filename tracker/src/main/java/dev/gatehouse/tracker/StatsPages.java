package dev.gatehouse.tracker;

import dev.gatehouse.tracker.http.StatsPage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Numbers of the tracker under the names that existing tools know. */
record StatsPages(Supplier<TrackerView> view) implements StatsPage {

  @Override
  public String json() {
    return values().entrySet().stream()
        .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
        .collect(Collectors.joining(",", "{", ",\"clients\":{}}"));
  }

  @Override
  public String html() {
    return values().entrySet().stream()
        .map(entry -> "<tr><th>" + entry.getKey() + "</th><td>" + entry.getValue() + "</td></tr>")
        .collect(
            Collectors.joining(
                "\n",
                "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                    + "<title>Tracker</title></head><body><table>\n",
                "\n</table></body></html>\n"));
  }

  private Map<String, String> values() {
    TrackerView now = view.get();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("torrents", String.valueOf(now.swarms().swarms()));
    values.put("activeTorrents", String.valueOf(now.swarms().swarms()));
    values.put("peersAll", String.valueOf(now.swarms().peers()));
    values.put("peersSeederOnly", String.valueOf(now.swarms().seeders()));
    values.put("peersLeecherOnly", String.valueOf(now.swarms().leechers()));
    // a peer has one role in each swarm
    values.put("peersSeederAndLeecher", "0");
    values.put("peersIPv4", String.valueOf(now.swarms().ipv4Peers()));
    values.put("peersIPv6", String.valueOf(now.swarms().ipv6Peers()));
    values.put("uptime", String.valueOf(now.uptime().toSeconds()));
    values.put("announcesPerSecond", number(now.announcesPerSecond()));
    values.put("scrapesPerSecond", number(now.scrapesPerSecond()));
    return values;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
