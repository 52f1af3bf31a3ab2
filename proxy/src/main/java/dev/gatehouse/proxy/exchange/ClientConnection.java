package dev.gatehouse.proxy.exchange;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.proxy.log.RequestEnded;
import dev.gatehouse.proxy.traffic.ListenerTraffic;
import dev.gatehouse.proxy.upstream.TlsSession;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A client's connection as its requests know it.
 *
 * @param traffic of the listener that it came through
 * @param port of the listener
 * @param client the effective address, as a PROXY header may have told it
 * @param alpn what was agreed on; empty: nothing was offered
 * @param tls how it is secured
 */
public record ClientConnection(
    ListenerTraffic traffic,
    int port,
    Channel channel,
    Endpoint peer,
    Endpoint client,
    ClientHello hello,
    Optional<Bytes> alpn,
    TlsSession tls) {

  /** What lines of the log say of it. */
  public RequestEnded.Who forLog() {
    return new RequestEnded.Who(
        traffic.listener(),
        channel.id().asShortText(),
        peer,
        client,
        hello.serverName(),
        tls.version(),
        alpn.map(protocol -> new String(protocol.toArray(), StandardCharsets.US_ASCII)).orElse(""));
  }
}
