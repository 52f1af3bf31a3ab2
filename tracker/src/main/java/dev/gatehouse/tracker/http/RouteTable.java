package dev.gatehouse.tracker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.tracker.config.RouteLists;
import dev.gatehouse.tracker.config.RoutePattern;
import dev.gatehouse.wire.tracker.RequestHead;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells paths apart. A path is decoded and its empty and dotted segments are resolved, then every
 * segment must match; literal ones come before parameters.
 */
final class RouteTable {

  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9._~-]{1,128}");
  private static final int HEX = 16;

  /**
   * What a path leads to.
   *
   * @param parameters what stands where the route has names; secrets, so never to be logged
   */
  record Match(Target target, boolean json, Map<String, String> parameters) {

    @Override
    public String toString() {
      return target.toString();
    }
  }

  private record Route(RoutePattern pattern, Match plain) {}

  private final List<Route> literals = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();

  RouteTable(RouteLists lists) {
    add(lists.announce(), Target.ANNOUNCE);
    add(lists.scrape(), Target.SCRAPE);
    add(lists.ping(), Target.PING);
    add(lists.stats(), Target.STATS);
    routes.sort(Comparator.comparing(route -> shape(route.pattern())));
  }

  private void add(List<RoutePattern> patterns, Target target) {
    for (RoutePattern pattern : patterns) {
      boolean json = pattern.toString().endsWith(".json");
      Route route = new Route(pattern, new Match(target, json, Map.of()));
      routes.add(route);
      if (pattern.segments().stream().noneMatch(RoutePattern.Segment::isParameter)) {
        literals.add(route);
      }
    }
  }

  /** Sorts literal segments before parameters, from the front. */
  private static String shape(RoutePattern pattern) {
    StringBuilder shape = new StringBuilder();
    pattern.segments().forEach(segment -> shape.append(segment.isParameter() ? '1' : '0'));
    return shape.toString();
  }

  Optional<Match> find(RequestHead head) {
    for (Route route : literals) {
      if (head.isPath(route.pattern().toString())) {
        return Optional.of(route.plain());
      }
    }
    return find(segments(head.path()));
  }

  private Optional<Match> find(List<String> path) {
    for (Route route : routes) {
      Optional<Map<String, String>> parameters = parameters(route.pattern(), path);
      if (parameters.isPresent()) {
        Match plain = route.plain();
        return Optional.of(new Match(plain.target(), plain.json(), parameters.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Map<String, String>> parameters(RoutePattern route, List<String> path) {
    List<RoutePattern.Segment> segments = route.segments();
    if (segments.size() != path.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      RoutePattern.Segment segment = segments.get(i);
      boolean matches =
          segment.isParameter()
              ? PARAMETER.matcher(path.get(i)).matches()
              : segment.text().equals(path.get(i));
      if (!matches) {
        return Optional.empty();
      }
      if (segment.isParameter()) {
        parameters.put(segment.text(), path.get(i));
      }
    }
    return Optional.of(Map.copyOf(parameters));
  }

  /** The segments of a path, of which the last is empty where a slash ends it. */
  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    if (!path.startsWith("/")) {
      return segments;
    }
    String[] parts = decoded(path).substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      switch (parts[i]) {
        case "..", "." -> {
          if (parts[i].equals("..") && !segments.isEmpty()) {
            segments.removeLast();
          }
          if (last) {
            segments.add("");
          }
        }
        case "" -> {
          if (last) {
            segments.add("");
          }
        }
        default -> segments.add(parts[i]);
      }
    }
    return segments;
  }

  /** With escapes decoded, one character a byte; a broken one stands for itself. */
  private static String decoded(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      int octet = path.charAt(i) == '%' ? escaped(path, i) : -1;
      bytes.write(octet < 0 ? path.charAt(i) : octet);
      i += octet < 0 ? 0 : 2;
    }
    return bytes.toString(ISO_8859_1);
  }

  private static int escaped(String path, int at) {
    if (at + 2 >= path.length()) {
      return -1;
    }
    int high = Character.digit(path.charAt(at + 1), HEX);
    int low = Character.digit(path.charAt(at + 2), HEX);
    return high < 0 || low < 0 ? -1 : high * HEX + low;
  }
}
