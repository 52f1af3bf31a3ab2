package dev.gatehouse.app;

import dev.gatehouse.app.boot.Bound;
import dev.gatehouse.control.ServerView.Listening;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.drift.IntendedListener;
import java.util.Locale;

/**
 * A socket for strangers that the daemon has opened, as everybody knows it who looks for such.
 *
 * @param service that it belongs to
 */
record Open(Protocol protocol, Endpoint address, String service) {

  Bound bound() {
    return new Bound(protocol, address.address(), address.port());
  }

  IntendedListener intended() {
    return new IntendedListener(protocol, address.address(), address.port(), service);
  }

  Listening listening() {
    return new Listening(service, protocol.name().toLowerCase(Locale.ROOT), address.toString());
  }
}
