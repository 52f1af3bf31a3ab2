package dev.gatehouse.tracker.config;

import dev.gatehouse.config.Section;
import java.util.ArrayList;
import java.util.List;

/** Which paths of an HTTP listener lead where. */
public record RouteLists(
    List<RoutePattern> announce,
    List<RoutePattern> scrape,
    List<RoutePattern> ping,
    List<RoutePattern> stats) {

  public RouteLists {
    announce = List.copyOf(announce);
    scrape = List.copyOf(scrape);
    ping = List.copyOf(ping);
    stats = List.copyOf(stats);
  }

  static RouteLists read(Section listener) {
    RouteLists routes =
        new RouteLists(
            read(listener, "announce_routes", "paths of announces", List.of("/announce")),
            read(listener, "scrape_routes", "paths of scrapes", List.of("/scrape")),
            read(listener, "ping_routes", "paths that say whether all is well", List.of()),
            read(listener, "stats_routes", "paths of pages for people and tools", List.of()));
    routes.check(listener);
    return routes;
  }

  private static List<RoutePattern> read(
      Section listener, String key, String description, List<String> otherwise) {
    List<RoutePattern> fallback =
        otherwise.stream().flatMap(text -> RoutePattern.parse(text).stream()).toList();
    return listener
        .values(key, description, RoutePattern.EXPECTED, RoutePattern::parse)
        .orElse(fallback);
  }

  private void check(Section listener) {
    List<RoutePattern> before = new ArrayList<>();
    for (RoutePattern route : all()) {
      if (before.stream().anyMatch(route::isLike)) {
        listener.reject("announce_routes", "\"" + route + "\" leads to two places; remove one");
      }
      before.add(route);
    }
  }

  private List<RoutePattern> all() {
    List<RoutePattern> all = new ArrayList<>(announce);
    all.addAll(scrape);
    all.addAll(ping);
    all.addAll(stats);
    return all;
  }
}
