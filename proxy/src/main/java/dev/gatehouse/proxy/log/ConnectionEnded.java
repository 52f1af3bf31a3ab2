package dev.gatehouse.proxy.log;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.accesslog.AccessEvent;
import dev.gatehouse.net.accesslog.FieldSink;
import dev.gatehouse.wire.tls.ClientHello;

/**
 * The line of a connection that was passed on untouched.
 *
 * @param peer the far end of the socket
 * @param client who it speaks for
 * @param route the name of its route
 * @param backend where it went, empty if no backend took it
 * @param durationMillis from accept of the route to the end
 * @param clientBytes received from the client
 * @param backendBytes received from the backend
 * @param cause what ended it
 */
public record ConnectionEnded(
    String listener,
    Endpoint peer,
    Endpoint client,
    ClientHello hello,
    String route,
    String backend,
    long durationMillis,
    long clientBytes,
    long backendBytes,
    String cause)
    implements AccessEvent {

  @Override
  public String event() {
    return "connection";
  }

  @Override
  public void fields(FieldSink to) {
    to.text("listener", listener);
    ConnectionRefused.who(to, peer, client, hello);
    to.text("route", route);
    to.text("mode", "l4");
    to.text("backend", backend);
    to.number("duration_ms", durationMillis);
    to.number("client_bytes", clientBytes);
    to.number("backend_bytes", backendBytes);
    to.text("cause", cause);
  }
}
