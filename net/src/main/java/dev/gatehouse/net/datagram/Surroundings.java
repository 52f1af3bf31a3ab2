package dev.gatehouse.net.datagram;

import dev.gatehouse.net.firewall.Firewall;
import java.util.function.Consumer;

/**
 * What the sockets of a listener share.
 *
 * @param failed is told when a socket cannot be read any more
 */
record Surroundings(Firewall firewall, DatagramCounters counters, Consumer<Throwable> failed) {

  /** Whether nobody may read a datagram. */
  boolean isBlocked(Datagram datagram) {
    return !firewall.equals(Firewall.OPEN)
        && firewall.blockedByRule(datagram.address()).isPresent();
  }
}
