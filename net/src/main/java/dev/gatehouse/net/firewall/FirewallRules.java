package dev.gatehouse.net.firewall;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
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

  /** The rules one by one: addresses, networks, countries, each in the order of their coming. */
  public List<FirewallRule> all() {
    List<FirewallRule> all = new ArrayList<>(size());
    addresses.forEach(address -> all.add(new FirewallRule.Address(address)));
    networks.forEach(network -> all.add(new FirewallRule.Network(network)));
    countries.forEach(country -> all.add(new FirewallRule.Country(country)));
    return all;
  }

  /** How many there are. */
  public int size() {
    return addresses.size() + networks.size() + countries.size();
  }

  /** Whether this is one of them. */
  public boolean contains(FirewallRule rule) {
    return switch (rule) {
      case FirewallRule.Address(IpAddress address) -> addresses.contains(address);
      case FirewallRule.Network(Cidr network) -> networks.contains(network);
      case FirewallRule.Country(String country) -> countries.contains(country);
    };
  }

  /** These, and one more. */
  public FirewallRules with(FirewallRule rule) {
    List<FirewallRule> more = all();
    more.add(rule);
    return of(more);
  }

  /** These without one. */
  public FirewallRules without(FirewallRule rule) {
    List<FirewallRule> fewer = all();
    fewer.remove(rule);
    return of(fewer);
  }

  /** The rules of a list. */
  public static FirewallRules of(Collection<FirewallRule> rules) {
    Set<IpAddress> addresses = new LinkedHashSet<>();
    Set<Cidr> networks = new LinkedHashSet<>();
    Set<String> countries = new LinkedHashSet<>();
    for (FirewallRule rule : rules) {
      switch (rule) {
        case FirewallRule.Address(IpAddress address) -> addresses.add(address);
        case FirewallRule.Network(Cidr network) -> networks.add(network);
        case FirewallRule.Country(String country) -> countries.add(country);
      }
    }
    return new FirewallRules(addresses, networks, countries);
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
