package dev.gatehouse.kernel.address;

import java.util.stream.Stream;

/**
 * Which addresses can be one host's, and which of those the whole Internet can reach, by the
 * registries of special-purpose addresses (RFC 6890).
 *
 * <p>Narrower than {@link AddressScope}, on purpose: that one answers how far a listener is
 * exposed, so it counts wildcards and documentation ranges as public; here the question is whether
 * anybody can connect to what a stranger claims to be. Addresses are the halves of an {@link
 * IpAddress}, so that a loop over packets makes none; a mapped one is judged as its IPv4 address.
 */
public final class SpecialPurpose {

  private static final CidrSet NOT_ONE_HOST =
      networks(
          "0.0.0.0/32", // unspecified
          "224.0.0.0/4", // multicast, RFC 5771
          "255.255.255.255/32", // broadcast, RFC 919
          "::/128", // unspecified
          "ff00::/8"); // multicast, RFC 4291

  private static final CidrSet NOT_GLOBAL =
      networks(
          "0.0.0.0/8", // this network, RFC 791
          "10.0.0.0/8", // private, RFC 1918
          "100.64.0.0/10", // shared by carriers, RFC 6598
          "127.0.0.0/8", // loopback, RFC 1122
          "169.254.0.0/16", // link-local, RFC 3927
          "172.16.0.0/12", // private, RFC 1918
          "192.0.0.0/24", // protocol assignments, RFC 6890
          "192.0.2.0/24", // documentation, RFC 5737
          "192.88.99.0/24", // 6to4 relays, RFC 7526
          "192.168.0.0/16", // private, RFC 1918
          "198.18.0.0/15", // benchmarks, RFC 2544
          "198.51.100.0/24", // documentation, RFC 5737
          "203.0.113.0/24", // documentation, RFC 5737
          "224.0.0.0/4", // multicast, RFC 5771
          "240.0.0.0/4", // reserved and broadcast, RFC 1112
          "::/128", // unspecified
          "::1/128", // loopback
          "64:ff9b::/96", // translated, RFC 6052
          "64:ff9b:1::/48", // translated locally, RFC 8215
          "100::/64", // discarded, RFC 6666
          "2001::/32", // Teredo, RFC 4380
          "2001:2::/48", // benchmarks, RFC 5180
          "2001:10::/28", // ORCHID, RFC 4843
          "2001:20::/28", // ORCHIDv2, RFC 7343
          "2001:db8::/32", // documentation, RFC 3849
          "2002::/16", // 6to4, RFC 3056
          "3fff::/20", // documentation, RFC 9637
          "5f00::/16", // segment routing, RFC 9602
          "fc00::/7", // unique local, RFC 4193
          "fe80::/10", // link-local, RFC 4291
          "fec0::/10", // site-local, RFC 3879
          "ff00::/8"); // multicast, RFC 4291

  private SpecialPurpose() {}

  /** Whether one host can have this address: it is no wildcard, multicast or broadcast. */
  public static boolean isOneHost(AddressFamily family, long high, long low) {
    return !NOT_ONE_HOST.contains(family, high, low);
  }

  /** Whether one host can have this address and the whole Internet can reach it there. */
  public static boolean isGloballyReachable(AddressFamily family, long high, long low) {
    return !NOT_GLOBAL.contains(family, high, low);
  }

  private static CidrSet networks(String... texts) {
    return CidrSet.of(Stream.of(texts).map(SpecialPurpose::network).toList());
  }

  private static Cidr network(String text) {
    return switch (Cidr.read(text)) {
      case Cidr.Read.Network read -> read.cidr();
      case Cidr.Read.Refused refused -> throw new IllegalStateException(text + refused);
    };
  }
}
