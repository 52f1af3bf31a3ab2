package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Who is at the far end of a connection: the transport's peer, or the client for whom it speaks.
 *
 * <p>Everything that decides by address asks here and never the socket.
 */
public final class ClientAddress {

  private static final AttributeKey<Endpoint> KEY =
      AttributeKey.valueOf(ClientAddress.class, "effective");

  private ClientAddress() {}

  /**
   * The effective client, never an IPv4-mapped address.
   *
   * @throws IllegalStateException before the connection was admitted
   */
  public static Endpoint of(Channel channel) {
    Endpoint client = channel.attr(KEY).get();
    if (client == null) {
      throw new IllegalStateException("client address: asked for before admission");
    }
    return client;
  }

  /** Whether a trusted header has already said who the client is. */
  static boolean isKnown(Channel channel) {
    return channel.hasAttr(KEY) && channel.attr(KEY).get() != null;
  }

  static void set(Channel channel, Endpoint client) {
    channel.attr(KEY).set(new Endpoint(client.address().unmapped(), client.port()));
  }

  /** A socket's address; empty for one that is gone or is not of an Internet family. */
  static Optional<Endpoint> endpoint(SocketAddress address) {
    return address instanceof InetSocketAddress inet && !inet.isUnresolved()
        ? Optional.of(
            new Endpoint(IpAddress.ofBytes(inet.getAddress().getAddress()), inet.getPort()))
        : Optional.empty();
  }
}
