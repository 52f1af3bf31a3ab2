package dev.gatehouse.app.boot;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;

/** A socket that awaits strangers: intended by the configuration, or found in the kernel. */
public record Bound(Protocol protocol, IpAddress address, int port) {

  /** This socket as far as the audit tells sockets apart: all wildcards are one. */
  Bound key() {
    IpAddress plain = address.unmapped();
    return new Bound(protocol, plain.isWildcard() ? IpAddress.ANY_IPV6 : plain, port);
  }

  /** {@code tcp [::]:443}. */
  @Override
  public String toString() {
    return protocol.label() + " " + new Endpoint(address, port);
  }
}
