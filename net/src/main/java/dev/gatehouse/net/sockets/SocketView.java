package dev.gatehouse.net.sockets;

import dev.gatehouse.kernel.address.AddressFamily;

/**
 * One row of a socket table, valid only during the visit: the next row reuses it.
 *
 * <p>Addresses are two halves in network order; of an IPv4 socket the address is the lower 32 bits
 * of the low half. Nothing here allocates, so that counting connections costs no memory per row.
 */
public interface SocketView {

  Protocol protocol();

  /** The family of the socket: one bound to a mapped address is IPv6. */
  AddressFamily family();

  SocketState state();

  long localHigh();

  long localLow();

  int localPort();

  long remoteHigh();

  long remoteLow();

  int remotePort();

  /** A copy that outlives the visit. */
  SocketRow copy();
}
