package dev.gatehouse.kernel.address;

import java.util.Optional;
import java.util.regex.Pattern;

/** A network: an address whose host bits are 0, and the length of its prefix (RFC 4632). */
public record Cidr(IpAddress network, int prefix) {

  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** An IPv4 address is the end of 128 bits, so its prefixes are this much longer there. */
  private static final int IPV4_OFFSET = 96;

  /** What became of a text. */
  public sealed interface Read {

    /** The text is a network. */
    record Network(Cidr cidr) implements Read {}

    /** The text is none; {@code expected} says what would be. */
    record Refused(String expected) implements Read {}
  }

  public Cidr {
    if (prefix < 0 || prefix > network.family().bytes() * Byte.SIZE) {
      throw new IllegalArgumentException("prefix: " + prefix + " of " + network);
    }
    if (network.isMapped() || !masked(network, prefix).equals(network)) {
      throw new IllegalArgumentException("network: " + network + "/" + prefix);
    }
  }

  /** Reads {@code 192.0.2.0/24} or {@code 2001:db8::/32}; the prefix may not be left out. */
  public static Read read(String text) {
    int slash = text.indexOf('/');
    Optional<IpAddress> address =
        slash < 0 ? Optional.empty() : IpAddress.parse(text.substring(0, slash));
    if (address.isEmpty() || !PREFIX.matcher(text).region(slash + 1, text.length()).matches()) {
      return new Read.Refused("a network such as 10.0.0.0/8 or 2001:db8::/32");
    }
    return read(address.get(), Integer.parseInt(text, slash + 1, text.length(), 10));
  }

  private static Read read(IpAddress address, int prefix) {
    int bits = address.family().bytes() * Byte.SIZE;
    if (prefix > bits) {
      return new Read.Refused("a prefix from 0 to " + bits);
    }
    if (address.isMapped()) {
      // addresses are judged unmapped, so this network would never hold one
      return prefix < IPV4_OFFSET
          ? new Read.Refused("an IPv4 network, not an IPv4-mapped one")
          : new Read.Refused(suggestion(address.unmapped(), prefix - IPV4_OFFSET));
    }
    IpAddress network = masked(address, prefix);
    return network.equals(address)
        ? new Read.Network(new Cidr(address, prefix))
        : new Read.Refused(suggestion(address, prefix));
  }

  private static String suggestion(IpAddress address, int prefix) {
    return new Cidr(masked(address, prefix), prefix).toString();
  }

  /** Whether the network holds this address; an IPv4-mapped one is judged as its IPv4 address. */
  public boolean contains(IpAddress address) {
    if (address.family() == AddressFamily.IPV4 || address.isMapped()) {
      return network.family() == AddressFamily.IPV4 && holds(0, address.low() & 0xffff_ffffL);
    }
    return network.family() == AddressFamily.IPV6 && holds(address.high(), address.low());
  }

  /** {@link #contains} for the bits of an address that is known to be of this family. */
  boolean holds(long high, long low) {
    int bits = bits128(network.family(), prefix);
    return (high & highMask(bits)) == network.high() && (low & lowMask(bits)) == network.low();
  }

  @Override
  public String toString() {
    return network + "/" + prefix;
  }

  private static IpAddress masked(IpAddress address, int prefix) {
    int bits = bits128(address.family(), prefix);
    return new IpAddress(
        address.family(), address.high() & highMask(bits), address.low() & lowMask(bits));
  }

  private static int bits128(AddressFamily family, int prefix) {
    return switch (family) {
      case IPV4 -> prefix + IPV4_OFFSET;
      case IPV6 -> prefix;
    };
  }

  private static long highMask(int bits) {
    return bits == 0 ? 0 : -1L << Math.max(0, Long.SIZE - bits);
  }

  private static long lowMask(int bits) {
    return bits <= Long.SIZE ? 0 : -1L << (2 * Long.SIZE - bits);
  }
}
