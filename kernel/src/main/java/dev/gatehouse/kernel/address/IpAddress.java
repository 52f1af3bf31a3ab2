package dev.gatehouse.kernel.address;

import java.util.Optional;

/**
 * An IPv4 or IPv6 address as a value; no name and no zone.
 *
 * <p>An IPv6 address is {@code high} and {@code low} in network order; an IPv4 address is the lower
 * 32 bits of {@code low}. An IPv4-mapped address stays what it is until {@link #unmapped}.
 */
public record IpAddress(AddressFamily family, long high, long low) {

  /** {@code 0.0.0.0}. */
  public static final IpAddress ANY_IPV4 = new IpAddress(AddressFamily.IPV4, 0, 0);

  /** {@code ::}. */
  public static final IpAddress ANY_IPV6 = new IpAddress(AddressFamily.IPV6, 0, 0);

  private static final long MAPPED_PREFIX = 0xffff_0000_0000L;
  private static final long IPV4_MASK = 0xffff_ffffL;

  public IpAddress {
    if (family == AddressFamily.IPV4 && (high != 0 || (low & ~IPV4_MASK) != 0)) {
      throw new IllegalArgumentException("IPv4 address: more than 32 bits");
    }
  }

  /** The IPv4 address of 32 bits in network order. */
  public static IpAddress ipv4(int bits) {
    return new IpAddress(AddressFamily.IPV4, 0, bits & IPV4_MASK);
  }

  /** The IPv6 address of two halves in network order. */
  public static IpAddress ipv6(long high, long low) {
    return new IpAddress(AddressFamily.IPV6, high, low);
  }

  /**
   * The address of 4 or 16 bytes in network order.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static IpAddress ofBytes(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> new IpAddress(AddressFamily.IPV4, 0, number(bytes, 0, 4));
      case 16 -> ipv6(number(bytes, 0, 8), number(bytes, 8, 8));
      default ->
          throw new IllegalArgumentException("bytes: " + bytes.length + " (expected: 4, 16)");
    };
  }

  /**
   * Reads a literal: a dotted quad of four decimal octets without leading zeros, or the text forms
   * of RFC 4291 section 2.2, without zone, brackets or blanks. Never asks a resolver.
   */
  public static Optional<IpAddress> parse(String text) {
    return IpLiteral.parse(text);
  }

  /** The 4 or 16 bytes in network order. */
  public byte[] bytes() {
    byte[] bytes = new byte[family.bytes()];
    long rest = low;
    for (int i = bytes.length - 1; i >= 0; i--) {
      bytes[i] = (byte) rest;
      rest = i == 8 ? high : rest >>> 8;
    }
    return bytes;
  }

  /** The IPv4 address inside an IPv4-mapped one (RFC 4291 section 2.5.5.2), else this. */
  public IpAddress unmapped() {
    return isMapped() ? ipv4((int) low) : this;
  }

  /** Whether this is {@code ::ffff:a.b.c.d}. */
  public boolean isMapped() {
    return family == AddressFamily.IPV6 && isMapped(high, low);
  }

  static boolean isMapped(long high, long low) {
    return high == 0 && (low & ~IPV4_MASK) == MAPPED_PREFIX;
  }

  /** Whether this is {@code 0.0.0.0} or {@code ::}. */
  public boolean isWildcard() {
    return high == 0 && low == 0;
  }

  /** How far this address reaches; a mapped address is judged as its IPv4 address. */
  public AddressScope scope() {
    return ScopeRules.scope(family, high, low);
  }

  /** The canonical text form: dotted quad, or RFC 5952. */
  @Override
  public String toString() {
    return IpLiteral.format(this);
  }

  private static long number(byte[] bytes, int from, int length) {
    long number = 0;
    for (int i = from; i < from + length; i++) {
      number = (number << 8) | (bytes[i] & 0xff);
    }
    return number;
  }
}
