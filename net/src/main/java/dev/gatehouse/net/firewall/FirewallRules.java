package dev.gatehouse.net.firewall;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.IpAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

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
    addresses = copy(addresses.stream().map(IpAddress::unmapped).toList());
    networks = copy(networks);
    countries = copy(countries);
    int count = addresses.size() + networks.size() + countries.size();
    if (count > MAX_RULES) {
      throw new IllegalArgumentException(
          "firewall rules: " + count + " (expected: at most " + MAX_RULES + ")");
    }
  }

  /** The rules of lists in which a value may stand twice. */
  static FirewallRules of(
      Collection<IpAddress> addresses, Collection<Cidr> networks, Collection<String> countries) {
    return new FirewallRules(copy(addresses), copy(networks), copy(countries));
  }

  /**
   * Not {@link Set#copyOf}: that one probes slot after slot, and addresses in a row have hashes in
   * a row, so that a miss would cost a walk over all of them.
   */
  private static <T> Set<T> copy(Collection<T> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }
}
