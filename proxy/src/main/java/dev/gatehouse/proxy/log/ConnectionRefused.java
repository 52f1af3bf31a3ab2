package dev.gatehouse.proxy.log;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.accesslog.AccessEvent;
import dev.gatehouse.net.accesslog.FieldSink;
import dev.gatehouse.wire.tls.ClientHello;

/**
 * The line of a connection whose hello led nowhere.
 *
 * @param peer the far end of the socket
 * @param client who it speaks for
 * @param cause as in the metrics
 */
public record ConnectionRefused(
    String listener, Endpoint peer, Endpoint client, ClientHello hello, String cause)
    implements AccessEvent {

  @Override
  public String event() {
    return "refused";
  }

  @Override
  public void fields(FieldSink to) {
    to.text("listener", listener);
    who(to, peer, client, hello);
    to.text("cause", cause);
  }

  static void who(FieldSink to, Endpoint peer, Endpoint client, ClientHello hello) {
    to.text("peer", peer.toString());
    to.text("client", client.toString());
    hello.serverName().ifPresent(name -> to.text("sni", name.toString()));
  }
}
