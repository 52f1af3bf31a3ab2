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

  /**
   * Whether a row is one that this query is about. A UDP socket with a peer talks to that peer
   * alone and is no listener, whatever its state.
   */
  public boolean takes(SocketView row) {
    return switch (this) {
      case TCP4_LISTENERS, TCP6_LISTENERS -> row.state() == SocketState.LISTEN;
      case UDP4_LISTENERS, UDP6_LISTENERS -> row.state() == SocketState.CLOSE && !hasPeer(row);
      case TCP4_CONNECTIONS, TCP6_CONNECTIONS -> row.state() != SocketState.LISTEN;
    };
  }

  private static boolean hasPeer(SocketView row) {
    return (row.remoteHigh() | row.remoteLow() | row.remotePort()) != 0;
  }
}
