package dev.gatehouse.kernel.address;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * An immutable set of networks that answers in logarithmic time and without allocation.
 *
 * <p>Two networks are nested or apart, never half overlapping. So once the nested ones are dropped
 * and the rest is sorted, only the last network that begins at or before an address can hold it.
 */
public final class CidrSet {

  private static final Comparator<Cidr> BY_START =
      (one, other) -> compare(one.network().high(), one.network().low(), other.network());

  /** The set that holds nothing. */
  public static final CidrSet EMPTY = new CidrSet(List.of());

  private final Cidr[] ipv4;
  private final Cidr[] ipv6;

  private CidrSet(Collection<Cidr> networks) {
    ipv4 = outermost(networks, AddressFamily.IPV4);
    ipv6 = outermost(networks, AddressFamily.IPV6);
  }

  public static CidrSet of(Collection<Cidr> networks) {
    return networks.isEmpty() ? EMPTY : new CidrSet(networks);
  }

  /** Whether any network holds this address; an IPv4-mapped one is judged as its IPv4 address. */
  public boolean contains(IpAddress address) {
    return contains(address.family(), address.high(), address.low());
  }

  /** {@link #contains(IpAddress)} for the halves of an address. */
  boolean contains(AddressFamily family, long high, long low) {
    if (family == AddressFamily.IPV4 || IpAddress.isMapped(high, low)) {
      return contains(ipv4, 0, low & 0xffff_ffffL);
    }
    return contains(ipv6, high, low);
  }

  public boolean isEmpty() {
    return ipv4.length == 0 && ipv6.length == 0;
  }

  private static boolean contains(Cidr[] sorted, long high, long low) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (compare(high, low, sorted[middle].network()) < 0) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from > 0 && sorted[from - 1].holds(high, low);
  }

  private static int compare(long high, long low, IpAddress other) {
    int byHigh = Long.compareUnsigned(high, other.high());
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low());
  }

  private static Cidr[] outermost(Collection<Cidr> networks, AddressFamily family) {
    List<Cidr> sorted =
        networks.stream()
            .filter(network -> network.network().family() == family)
            .sorted(BY_START.thenComparingInt(Cidr::prefix))
            .toList();
    List<Cidr> kept = new ArrayList<>();
    for (Cidr network : sorted) {
      if (kept.isEmpty() || !kept.getLast().contains(network.network())) {
        kept.add(network);
      }
    }
    return kept.toArray(Cidr[]::new);
  }
}
