package dev.gatehouse.watch.unit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unit and the container that the path of a control group tells; empty where it tells none.
 *
 * <p>Container engines write the container's 64 hex digits into the path, alone or between a prefix
 * and {@code .scope}; LXC and systemd-nspawn write a name. The innermost container wins. The scope
 * of an engine is no unit of its own: it only repeats the container.
 */
public record Placement(String unit, String container) {

  /** Neither unit nor container. */
  public static final Placement NONE = new Placement("", "");

  private static final int SHORT_ID = 12;
  private static final int MAX_LABEL = 128;
  private static final Pattern CONTAINER_ID =
      Pattern.compile("(?:[A-Za-z][A-Za-z-]*-)?([0-9a-f]{64})(?:\\.scope)?");
  private static final Pattern NSPAWN = Pattern.compile("systemd-nspawn@(.+)\\.service");
  private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");
  private static final String LXC_PAYLOAD = "lxc.payload.";

  /** What a path in the control group tree tells. */
  public static Placement of(String path) {
    String unit = "";
    String container = "";
    List<String> segments = segments(path);
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      String found = container(i > 0 ? segments.get(i - 1) : "", segment);
      if (!found.isEmpty()) {
        container = found;
        unit = "";
      }
      if (isUnit(segment)) {
        unit = unescape(segment);
      }
    }
    return new Placement(Printable.of(unit, MAX_LABEL), Printable.of(container, MAX_LABEL));
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty() && !segment.equals("..")) {
        segments.add(segment);
      }
    }
    return segments;
  }

  private static boolean isUnit(String segment) {
    return (segment.endsWith(".service") || segment.endsWith(".scope"))
        && !CONTAINER_ID.matcher(segment).matches();
  }

  private static String container(String parent, String segment) {
    Matcher id = CONTAINER_ID.matcher(segment);
    if (id.matches()) {
      return id.group(1).substring(0, SHORT_ID);
    }
    if (segment.startsWith(LXC_PAYLOAD)) {
      return segment.substring(LXC_PAYLOAD.length());
    }
    Matcher nspawn = NSPAWN.matcher(segment);
    if (nspawn.matches()) {
      return unescape(nspawn.group(1));
    }
    return parent.equals("lxc") ? segment : "";
  }

  /** systemd writes bytes that a unit's name may not hold as {@code \x} and two hex digits. */
  private static String unescape(String name) {
    if (name.indexOf('\\') < 0) {
      return name;
    }
    String decoded =
        ESCAPE
            .matcher(name)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        Character.toString((char) Integer.parseInt(match.group(1), 16))));
    byte[] bytes = decoded.getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
