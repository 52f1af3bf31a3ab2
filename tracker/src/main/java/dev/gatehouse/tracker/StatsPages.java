package dev.gatehouse.tracker;

import dev.gatehouse.tracker.client.ClientSoftware;
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
        .collect(Collectors.joining(",", "{", ",\"clients\":" + clientsJson() + "}"));
  }

  /** Names and versions hold nothing that JSON would have to escape. */
  private String clientsJson() {
    return clients().entrySet().stream()
        .map(client -> '"' + client.getKey().label() + "\":" + versionsJson(client.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String versionsJson(Map<String, Long> versions) {
    return versions.entrySet().stream()
        .map(version -> '"' + version.getKey() + "\":" + version.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public String html() {
    Map<String, String> rows = values();
    clients()
        .forEach(
            (software, versions) ->
                versions.forEach(
                    (version, peers) ->
                        rows.put(software.label() + ' ' + version, String.valueOf(peers))));
    return rows.entrySet().stream()
        .map(entry -> "<tr><th>" + entry.getKey() + "</th><td>" + entry.getValue() + "</td></tr>")
        .collect(
            Collectors.joining(
                "\n",
                "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                    + "<title>Tracker</title></head><body><table>\n",
                "\n</table></body></html>\n"));
  }

  /** As of the last collection. */
  private Map<ClientSoftware, Map<String, Long>> clients() {
    return view.get().collection().map(run -> run.collected().clients().table()).orElse(Map.of());
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
