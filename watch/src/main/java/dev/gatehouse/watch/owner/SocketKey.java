package dev.gatehouse.watch.owner;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketRow;

/**
 * The identity of a socket for the cache of owners.
 *
 * <p>Inodes are used again, cookies never; where there is no cookie the place must do.
 */
record SocketKey(long inode, long cookie, Protocol protocol, IpAddress address, int port) {

  static SocketKey of(SocketRow row) {
    return new SocketKey(
        row.inode(), row.cookie(), row.protocol(), row.localAddress(), row.localPort());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(inode * 31 + cookie);
  }
}
