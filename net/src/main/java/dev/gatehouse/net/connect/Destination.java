package dev.gatehouse.net.connect;

import dev.gatehouse.kernel.address.HostPort;
import dev.gatehouse.kernel.address.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a connection is to go: a port of an address or of a name that is not resolved. */
public final class Destination {

  /** What a text must look like, for the error that refuses one. */
  public static final String EXPECTED =
      "HOST:PORT with a port from 1 to 65535, the host a name or an IP literal (IPv6 in brackets)";

  /** The longest name as text: 255 octets on the wire (RFC 1035 section 2.3.4). */
  private static final int MAX_NAME = 253;

  /** Underscores are no part of host names, but of those that container networks give. */
  private static final Pattern NAME =
      Pattern.compile(label("[A-Za-z0-9_-]") + "(?:\\." + label("[A-Za-z0-9_-]") + ")*");

  /**
   * {@code 10.1} and {@code 0x7f.1} are addresses to getaddrinfo(3), though they look like names.
   */
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)");

  private final String host;
  private final int port;
  private final @Nullable IpAddress literal;

  /** Made once, so that a connection to a literal makes none; empty for a name. */
  private final List<InetSocketAddress> addresses;

  private Destination(String host, int port, @Nullable IpAddress literal) {
    this.host = host;
    this.port = port;
    this.literal = literal;
    this.addresses = literal == null ? List.of() : List.of(socketAddress(literal, port));
  }

  /** Reads {@code 10.0.0.5:443}, {@code [2001:db8::1]:443} or {@code git.internal:443}. */
  public static Optional<Destination> parse(String text) {
    return HostPort.split(text).flatMap(halves -> of(halves.host(), halves.port()));
  }

  private static Optional<Destination> of(String host, int port) {
    @Nullable IpAddress literal = IpAddress.parse(host).orElse(null);
    return literal != null || isName(host)
        ? Optional.of(new Destination(host, port, literal))
        : Optional.empty();
  }

  /** The address as it was written, or the name. */
  public String host() {
    return host;
  }

  /** The port, never 0. */
  public int port() {
    return port;
  }

  /** The address, if it is one and not a name. */
  public Optional<IpAddress> literal() {
    return Optional.ofNullable(literal);
  }

  /** Where to connect without asking anybody; empty for a name. */
  List<InetSocketAddress> addresses() {
    return addresses;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Destination that && port == that.port && host.equals(that.host);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  /** The text that {@link #parse} read. */
  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }

  private static boolean isName(String host) {
    return host.length() <= MAX_NAME
        && NAME.matcher(host).matches()
        && !ENDS_IN_NUMBER.matcher(host).matches();
  }

  /** 1 to 63 characters (RFC 1035 section 2.3.4) that neither begin nor end with a hyphen. */
  private static String label(String character) {
    return "(?!-)" + character + "{1,63}(?<!-)";
  }

  private static InetSocketAddress socketAddress(IpAddress address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address.bytes()), port);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
