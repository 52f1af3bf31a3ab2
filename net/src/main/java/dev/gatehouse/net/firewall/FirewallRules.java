package dev.gatehouse.net.firewall;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.IpAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom the firewall blocks, whatever the rate; a second rule of the same value is none.
 *
 * @param addresses never IPv4-mapped ones
 * @param countries codes of ISO 3166-1 in two capitals
 */
public record FirewallRules(Set<IpAddress> addresses, Set<Cidr> networks, Set<String> countries) {

  /** The most rules of all kinds together. */
  public static final int MAX_RULES = 100_000;

  /** Blocks nobody. */
  public static final FirewallRules NONE = new FirewallRules(Set.of(), Set.of(), Set.of());

  public FirewallRules {
    addresses = addresses.stream().map(IpAddress::unmapped).collect(Collectors.toSet());
    addresses = Set.copyOf(addresses);
    networks = Set.copyOf(networks);
    countries = Set.copyOf(countries);
    int count = addresses.size() + networks.size() + countries.size();
    if (count > MAX_RULES) {
      throw new IllegalArgumentException(
          "firewall rules: " + count + " (expected: at most " + MAX_RULES + ")");
    }
  }

  /** The rules of lists in which a value may stand twice. */
  static FirewallRules of(
      Collection<IpAddress> addresses, Collection<Cidr> networks, Collection<String> countries) {
    return new FirewallRules(
        new LinkedHashSet<>(addresses),
        new LinkedHashSet<>(networks),
        new LinkedHashSet<>(countries));
  }
}
