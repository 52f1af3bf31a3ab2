package dev.gatehouse.net.datagram;

import dev.gatehouse.net.firewall.Firewall;

/** Sockets that are read by an event loop. */
class NettyDatagramListenerTest extends DatagramListenerContract {

  @Override
  DatagramListener listener(DatagramSettings settings, Firewall firewall) {
    return new DatagramListener(
        settings,
        firewall,
        counters,
        this::handler,
        (_, cause) -> {
          throw new AssertionError(cause);
        },
        false);
  }
}
