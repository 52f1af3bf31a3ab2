package dev.gatehouse.proxy.http;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.proxy.route.RouteTable;
import dev.gatehouse.wire.tls.ServerName;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Whom a request is for, as {@code Host} or {@code :authority} says (RFC 9110 section 7.2).
 *
 * @param text as it was received, for whoever gets the request
 * @param host in the form in which hosts are compared
 * @param port only where one is given
 */
public record Authority(String text, Host host, OptionalInt port) {

  /** Digits without sign or leading zero; an empty port is none. */
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

  private static final int MAX_PORT = 65535;

  /** A name or an address. */
  public sealed interface Host {

    /** A name, which may have a route. */
    record Name(ServerName name) implements Host {}

    /** An address, for which no client can ask in a ClientHello. */
    record Address(IpAddress address) implements Host {}
  }

  /** The authority of a name without a port. */
  public static Authority of(ServerName name) {
    return new Authority(name.toString(), new Host.Name(name), OptionalInt.empty());
  }

  /** Reads a host with or without a port: no user, no path, no list, IPv6 in brackets. */
  public static Optional<Authority> parse(String text) {
    int colon = text.indexOf(':', text.lastIndexOf(']') + 1);
    Optional<Host> host = host(colon < 0 ? text : text.substring(0, colon));
    if (colon < 0) {
      return host.map(known -> new Authority(text, known, OptionalInt.empty()));
    }
    OptionalInt port = port(text.substring(colon + 1));
    return host.filter(_ -> port.isPresent()).map(known -> new Authority(text, known, port));
  }

  /** Whether both mean the same server, where {@code defaultPort} is what no port means. */
  public boolean agrees(Authority other, int defaultPort) {
    return host.equals(other.host) && port.orElse(defaultPort) == other.port.orElse(defaultPort);
  }

  /**
   * Where this leads, by the one lookup that also serves ClientHellos. An address leads where a
   * client without a name leads, since that is how a client of an address connects.
   */
  public <T> Optional<T> target(RouteTable<T> routes) {
    return switch (host) {
      case Host.Name(ServerName name) -> routes.find(name);
      case Host.Address(IpAddress _) -> routes.findUnnamed();
    };
  }

  /** Whether this leads where the connection led; if not, the request is misdirected. */
  public <T> boolean leadsTo(T target, RouteTable<T> routes) {
    return target(routes).filter(target::equals).isPresent();
  }

  private static Optional<Host> host(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      return address(text.substring(1, text.length() - 1), AddressFamily.IPV6);
    }
    // no text is both, and most are names
    return ServerName.parse(text)
        .<Host>map(Host.Name::new)
        .or(() -> address(text, AddressFamily.IPV4));
  }

  private static Optional<Host> address(String text, AddressFamily family) {
    return IpAddress.parse(text)
        .filter(address -> address.family() == family)
        .map(Host.Address::new);
  }

  private static OptionalInt port(String text) {
    if (!PORT.matcher(text).matches()) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(text);
    return port <= MAX_PORT ? OptionalInt.of(port) : OptionalInt.empty();
  }

  /** As it was received. */
  @Override
  public String toString() {
    return text;
  }
}
