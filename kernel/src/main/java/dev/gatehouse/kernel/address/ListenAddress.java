package dev.gatehouse.kernel.address;

import java.util.Optional;

/** The text form of an address that a public listener is bound to. */
public final class ListenAddress {

  /** What a text must look like, for the error that refuses one. */
  public static final String EXPECTED =
      "HOST:PORT with a port from 1 to 65535, the host empty (every address), an IP literal"
          + " (IPv6 in brackets) or localhost";

  private static final IpAddress LOCALHOST = IpAddress.ipv4(0x7f00_0001);

  private ListenAddress() {}

  /**
   * Reads {@code :443}, {@code 192.0.2.1:443}, {@code [2001:db8::1]:443} or {@code localhost:443}.
   *
   * <p>No host is {@code [::]}, which a listener opens for both families. {@code localhost} is
   * {@code 127.0.0.1} by definition, and every other name is refused: nothing is looked up.
   */
  public static Optional<Endpoint> parse(String text) {
    return HostPort.split(text)
        .flatMap(halves -> address(halves.host()).map(ip -> new Endpoint(ip, halves.port())));
  }

  /** Whether two listeners of one protocol would contend for the same port of an address. */
  public static boolean overlap(Endpoint one, Endpoint other) {
    IpAddress address = one.address().unmapped();
    IpAddress second = other.address().unmapped();
    return one.port() == other.port()
        && (address.isWildcard() || second.isWildcard() || address.equals(second));
  }

  private static Optional<IpAddress> address(String host) {
    return switch (host) {
      case "" -> Optional.of(IpAddress.ANY_IPV6);
      case "localhost" -> Optional.of(LOCALHOST);
      default -> IpAddress.parse(host).map(IpAddress::unmapped);
    };
  }
}
