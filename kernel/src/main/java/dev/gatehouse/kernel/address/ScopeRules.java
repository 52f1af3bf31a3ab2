package dev.gatehouse.kernel.address;

/** The ranges behind {@link AddressScope}; whatever they do not name is public. */
final class ScopeRules {

  private ScopeRules() {}

  static AddressScope scope(AddressFamily family, long high, long low) {
    return family == AddressFamily.IPV4 || IpAddress.isMapped(high, low)
        ? ipv4((int) low)
        : ipv6(high, low);
  }

  private static AddressScope ipv4(int bits) {
    if (bits >>> 24 == 127) {
      return AddressScope.LOOPBACK;
    }
    boolean isPrivate =
        bits >>> 24 == 10 // 10.0.0.0/8, RFC 1918
            || bits >>> 20 == 0xac1 // 172.16.0.0/12, RFC 1918
            || bits >>> 16 == 0xc0a8 // 192.168.0.0/16, RFC 1918
            || bits >>> 22 == 0x191 // 100.64.0.0/10, RFC 6598
            || bits >>> 16 == 0xa9fe; // 169.254.0.0/16, RFC 3927
    return isPrivate ? AddressScope.PRIVATE : AddressScope.PUBLIC;
  }

  private static AddressScope ipv6(long high, long low) {
    if (high == 0 && low == 1) {
      return AddressScope.LOOPBACK;
    }
    boolean isPrivate =
        high >>> 54 == 0x3fa // fe80::/10, RFC 4291 section 2.5.6
            || high >>> 57 == 0x7e; // fc00::/7, RFC 4193
    return isPrivate ? AddressScope.PRIVATE : AddressScope.PUBLIC;
  }
}
