package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Grammar;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What {@code Connection} says: names of fields and signals that end at this connection (RFC 9110
 * section 7.6.1).
 *
 * @param names in lower case, tokens or not
 */
public record ConnectionOptions(Set<String> names) {

  /** What most messages say, and all of HTTP/2. */
  public static final ConnectionOptions NONE = new ConnectionOptions(Set.of());

  public ConnectionOptions {
    names = Set.copyOf(names);
  }

  /** The options of a message; most have none. */
  public static ConnectionOptions of(Fields fields) {
    List<String> values = fields.values("Connection");
    return values.isEmpty() ? NONE : of(values);
  }

  private static ConnectionOptions of(List<String> values) {
    Set<String> names = new HashSet<>();
    for (String value : values) {
      for (String option : value.split(",", -1)) {
        names.add(Grammar.trim(option).toLowerCase(Locale.ROOT));
      }
    }
    names.remove("");
    return new ConnectionOptions(names);
  }

  public boolean has(String name) {
    return !names.isEmpty() && names.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether all are names; a pseudo-header is none. */
  public boolean areTokens() {
    return names.stream().allMatch(Grammar::isToken);
  }
}
