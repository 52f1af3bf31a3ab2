package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.proxy.http.Authority;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.upstream.TlsSession;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ServerName;
import io.netty.channel.Channel;
import io.netty.channel.ChannelId;
import io.netty.channel.EventLoop;
import java.util.Optional;

/**
 * Who wants a connection to a backend, and for what.
 *
 * @param client on whose loop it will be
 * @param alpn what is spoken with the client
 */
public record Asking(
    Upstream upstream,
    Request request,
    Channel client,
    ClientHello hello,
    Optional<Bytes> alpn,
    TlsSession tls) {

  EventLoop loop() {
    return client.eventLoop();
  }

  /** Whose connection it must be, if it may be only one client's. */
  Optional<ChannelId> owner() {
    return upstream.header().map(_ -> client.id());
  }

  /** The name that a backend of TLS must prove. */
  String name(Destination backend) {
    String configured = upstream.tls().map(UpstreamTls::name).orElse("");
    if (!configured.isEmpty()) {
      return configured;
    }
    return backend.literal().isEmpty()
        ? backend.host()
        : switch (request.authority().host()) {
          case Authority.Host.Name(ServerName asked) -> asked.toString();
          case Authority.Host.Address(IpAddress _) -> backend.host();
        };
  }
}
