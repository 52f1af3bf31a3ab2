package dev.gatehouse.control.ops.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The request target (RFC 9112 section 3.2).
 *
 * @param authority host and port of the absolute form, else empty
 * @param path without query; not decoded, since no path of ours needs it
 */
record Target(String authority, String path) {

  private static final Pattern VISIBLE = Pattern.compile("[!-~&&[^#]]+");
  private static final String SCHEME = "http://";

  /** Empty for what is neither origin form, absolute form nor {@code *}. */
  static Optional<Target> parse(String text) {
    if (!VISIBLE.matcher(text).matches()) {
      return Optional.empty();
    }
    if (text.startsWith("/") || text.equals("*")) {
      return Optional.of(new Target("", withoutQuery(text)));
    }
    if (!text.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    String rest = text.substring(SCHEME.length());
    int end = authorityEnd(rest);
    String path = withoutQuery(rest.substring(end));
    return end == 0
        ? Optional.empty()
        : Optional.of(new Target(rest.substring(0, end), path.isEmpty() ? "/" : path));
  }

  private static int authorityEnd(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if (rest.charAt(i) == '/' || rest.charAt(i) == '?') {
        return i;
      }
    }
    return rest.length();
  }

  private static String withoutQuery(String text) {
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }
}
