package dev.gatehouse.kernel.limit;

import dev.gatehouse.kernel.address.IpAddress;

/**
 * Who counts as one client: an IPv4 address, or an IPv6 /64.
 *
 * <p>A subscriber of IPv6 holds at least a /64 (RFC 6177 section 2) and may send from any address
 * in it, so that a limit on single addresses would be none.
 */
final class ClientKey {

  private ClientKey() {}

  /** The first address of the client's network, or its IPv4 address. */
  static IpAddress of(IpAddress address) {
    IpAddress plain = address.unmapped();
    return switch (plain.family()) {
      case IPV4 -> plain;
      case IPV6 -> plain.low() == 0 ? plain : IpAddress.ipv6(plain.high(), 0);
    };
  }
}
