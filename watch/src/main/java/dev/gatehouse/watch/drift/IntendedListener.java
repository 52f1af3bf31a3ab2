package dev.gatehouse.watch.drift;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.exposure.Binding;

/**
 * A listener that Gatehouse itself means to have.
 *
 * @param port that was bound, never 0
 * @param service that it belongs to: {@code proxy}, {@code relay}, {@code tracker}, {@code ops}
 */
public record IntendedListener(Protocol protocol, IpAddress address, int port, String service) {

  /** The two wildcards are equal here: a port bound without an address takes both families. */
  boolean matches(Binding binding) {
    IpAddress intended = address.unmapped();
    boolean sameAddress =
        intended.isWildcard() ? binding.address().isWildcard() : intended.equals(binding.address());
    return sameAddress && port == binding.port() && protocol == binding.protocol();
  }
}
