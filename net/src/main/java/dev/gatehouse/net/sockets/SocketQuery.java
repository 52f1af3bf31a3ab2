package dev.gatehouse.net.sockets;

import dev.gatehouse.kernel.address.AddressFamily;

/** One dump of the kernel's socket table: a kind of socket, of one protocol and one family. */
public enum SocketQuery {
  TCP4_LISTENERS(Protocol.TCP, AddressFamily.IPV4),
  TCP6_LISTENERS(Protocol.TCP, AddressFamily.IPV6),
  UDP4_LISTENERS(Protocol.UDP, AddressFamily.IPV4),
  UDP6_LISTENERS(Protocol.UDP, AddressFamily.IPV6),
  /** Every state but LISTEN. */
  TCP4_CONNECTIONS(Protocol.TCP, AddressFamily.IPV4),
  /** Every state but LISTEN. */
  TCP6_CONNECTIONS(Protocol.TCP, AddressFamily.IPV6);

  private final Protocol protocol;
  private final AddressFamily family;

  SocketQuery(Protocol protocol, AddressFamily family) {
    this.protocol = protocol;
    this.family = family;
  }

  public Protocol protocol() {
    return protocol;
  }

  public AddressFamily family() {
    return family;
  }
}
