package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Grammar;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code Connection} says: names of fields and signals that end at this connection (RFC 9110
 * section 7.6.1).
 *
 * @param names in lower case, tokens or not
 */
public record ConnectionOptions(Set<String> names) {

  public ConnectionOptions {
    names = Set.copyOf(names);
  }

  private static final ConnectionOptions NONE = new ConnectionOptions(Set.of());

  /** The options of a message; most have none. */
  public static ConnectionOptions of(Fields fields) {
    List<String> values = fields.values("Connection");
    return values.isEmpty() ? NONE : of(values);
  }

  private static ConnectionOptions of(List<String> values) {
    return new ConnectionOptions(
        values.stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(option -> Grammar.trim(option).toLowerCase(Locale.ROOT))
            .filter(option -> !option.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  public boolean has(String name) {
    return !names.isEmpty() && names.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether all are names; a pseudo-header is none. */
  public boolean areTokens() {
    return names.stream().allMatch(Grammar::isToken);
  }
}
