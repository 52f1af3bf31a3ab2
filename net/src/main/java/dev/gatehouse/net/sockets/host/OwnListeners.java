package dev.gatehouse.net.sockets.host;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import java.util.Set;

/** What this process itself listens on, or why that cannot be told. */
public sealed interface OwnListeners {

  /** Everything on which it listens. */
  record Read(Set<Bound> bound) implements OwnListeners {
    public Read {
      bound = Set.copyOf(bound);
    }
  }

  /** The kernel did not answer in full. */
  record Unreadable(String reason) implements OwnListeners {}

  /**
   * One place at which a socket listens.
   *
   * @param address as bound; a mapped one, which is what the JDK binds, as its IPv4 address
   * @param interfaceName the device to which the socket is bound, empty for none
   */
  record Bound(Protocol protocol, IpAddress address, String interfaceName, int port) {}
}
