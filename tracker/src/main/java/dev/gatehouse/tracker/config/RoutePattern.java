package dev.gatehouse.tracker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A path that requests are told apart by; some of its segments may stand for any value. */
public record RoutePattern(List<Segment> segments) {

  /** For the error that refuses a text. */
  static final String EXPECTED = "a path such as /announce or /{passkey}/announce";

  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~!$'()*+,;=@-]{1,128}");
  private static final Pattern BRACED = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]{0,31})}");
  private static final Pattern COLON = Pattern.compile(":([A-Za-z_][A-Za-z0-9_]{0,31})");

  /**
   * What stands between two slashes.
   *
   * @param text the segment itself, or the name of a parameter
   */
  public record Segment(String text, boolean isParameter) {

    @Override
    public String toString() {
      return isParameter ? "{" + text + "}" : text;
    }
  }

  public RoutePattern {
    segments = List.copyOf(segments);
  }

  /** Reads a path; its first slash may be left out, and {@code :name} is {@code {name}}. */
  public static Optional<RoutePattern> parse(String text) {
    String path = text.startsWith("/") ? text.substring(1) : text;
    List<Segment> segments = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      Optional<Segment> segment = segment(part);
      if (segment.isEmpty()) {
        return Optional.empty();
      }
      segments.add(segment.get());
    }
    return Optional.of(new RoutePattern(segments));
  }

  private static Optional<Segment> segment(String part) {
    for (Pattern parameter : List.of(BRACED, COLON)) {
      var named = parameter.matcher(part);
      if (named.matches()) {
        return Optional.of(new Segment(String.valueOf(named.group(1)), true));
      }
    }
    boolean plain = LITERAL.matcher(part).matches() && !part.equals(".") && !part.equals("..");
    return plain ? Optional.of(new Segment(part, false)) : Optional.empty();
  }

  /** Whether both match the same paths. */
  boolean isLike(RoutePattern other) {
    return shape().equals(other.shape());
  }

  private List<String> shape() {
    return segments.stream().map(segment -> segment.isParameter() ? "/" : segment.text()).toList();
  }

  @Override
  public String toString() {
    StringBuilder path = new StringBuilder();
    segments.forEach(segment -> path.append('/').append(segment));
    return path.toString();
  }
}
