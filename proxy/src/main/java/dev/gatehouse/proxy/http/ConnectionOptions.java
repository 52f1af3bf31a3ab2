package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Grammar;
import java.util.Arrays;
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

  public static ConnectionOptions of(Fields fields) {
    return new ConnectionOptions(
        fields.values("Connection").stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(option -> Grammar.trim(option).toLowerCase(Locale.ROOT))
            .filter(option -> !option.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  public boolean has(String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether all are names; a pseudo-header is none. */
  public boolean areTokens() {
    return names.stream().allMatch(Grammar::isToken);
  }
}
