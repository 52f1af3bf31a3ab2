package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader;
import dev.gatehouse.wire.proxyprotocol.Tlv;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the far end of a connection: the transport's peer, or the client for whom it speaks,
 * with what its PROXY header said besides.
 *
 * <p>Everything that decides by address asks here and never the socket.
 */
public final class ClientAddress {

  private static final AttributeKey<Known> KEY =
      AttributeKey.valueOf(ClientAddress.class, "effective");

  /**
   * What is known of a client.
   *
   * @param anonymous whether a trusted proxy speaks for itself, or for a client that it hides
   * @param destination what the client connected to, if a header said so
   */
  private record Known(
      Endpoint client,
      boolean anonymous,
      @Nullable Endpoint destination,
      @Nullable Bytes uniqueId) {}

  /** Either end of a socket that is gone. */
  private static final Endpoint NOWHERE = new Endpoint(IpAddress.ANY_IPV4, 0);

  private ClientAddress() {}

  /**
   * The effective client, never an IPv4-mapped address.
   *
   * @throws IllegalStateException before the connection was admitted
   */
  public static Endpoint of(Channel channel) {
    return known(channel).client();
  }

  /** Where the client connected to: as its header says, else the near end of the socket. */
  public static Endpoint destination(Channel channel) {
    Endpoint told = known(channel).destination();
    return told == null ? unmapped(endpoint(channel.localAddress()).orElse(NOWHERE)) : told;
  }

  /** The far end of the socket, whoever it speaks for. */
  public static Endpoint peer(Channel channel) {
    return unmapped(endpoint(channel.remoteAddress()).orElse(NOWHERE));
  }

  /** The name that a proxy before us gave to the connection, at most 128 bytes. */
  public static Optional<Bytes> uniqueId(Channel channel) {
    return Optional.ofNullable(known(channel).uniqueId());
  }

  /** Whether a trusted header has already said who the client is. */
  static boolean isKnown(Channel channel) {
    return channel.hasAttr(KEY) && channel.attr(KEY).get() != null;
  }

  /** Whether the address is that of a trusted proxy and says nothing of how busy a client is. */
  static boolean isAnonymous(Channel channel) {
    return known(channel).anonymous();
  }

  static void set(Channel channel, Endpoint client) {
    channel.attr(KEY).set(new Known(unmapped(client), false, null, null));
  }

  /** The client is the peer, since the header names nobody. */
  static void setUnnamed(Channel channel, Endpoint peer, boolean trusted) {
    channel.attr(KEY).set(new Known(unmapped(peer), trusted, null, null));
  }

  static void setRelayed(Channel channel, ProxyHeader.Relayed header) {
    Bytes uniqueId =
        header.tlvs().stream()
            .filter(tlv -> tlv.type() == Tlv.UNIQUE_ID)
            .findFirst()
            .map(Tlv::value)
            .orElse(null);
    channel
        .attr(KEY)
        .set(new Known(unmapped(header.source()), false, header.destination(), uniqueId));
  }

  /** A socket's address; empty for one that is gone or is not of an Internet family. */
  static Optional<Endpoint> endpoint(SocketAddress address) {
    return address instanceof InetSocketAddress inet && !inet.isUnresolved()
        ? Optional.of(
            new Endpoint(IpAddress.ofBytes(inet.getAddress().getAddress()), inet.getPort()))
        : Optional.empty();
  }

  private static Known known(Channel channel) {
    Known known = channel.attr(KEY).get();
    if (known == null) {
      throw new IllegalStateException("client address: asked for before admission");
    }
    return known;
  }

  private static Endpoint unmapped(Endpoint endpoint) {
    return new Endpoint(endpoint.address().unmapped(), endpoint.port());
  }
}
