package dev.gatehouse.proxy.upstream;

import dev.gatehouse.net.listen.ClientAddress;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.proxyprotocol.ProxyHeaderEncoder;
import dev.gatehouse.wire.proxyprotocol.Tlv;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Tells a backend by a PROXY header of version 2 who its client really is. */
public final class BackendHeader {

  private static final int USUAL_LENGTH = 64;
  private static final int NEW_ID_LENGTH = 16;

  /** What a header of IPv6 addresses and all other TLVs but that of TLS leaves of its 536 bytes. */
  private static final int MOST_ALPN = 64;

  private BackendHeader() {}

  /**
   * The header of a client's connection; the caller owns it.
   *
   * @param alpn the protocol that is spoken, or that the client would like best
   * @param tls where it ends here
   */
  public static ByteBuf of(
      Channel client,
      ClientHello hello,
      Optional<Bytes> alpn,
      Optional<TlsSession> tls,
      Set<SentTlv> told) {
    List<Tlv> tlvs = tlvs(client, hello, alpn, told);
    if (told.contains(SentTlv.SSL)) {
      tls.map(session -> Tlv.ssl(session.version(), session.cipher()))
          .filter(ssl -> ProxyHeaderEncoder.hasRoomFor(tlvs, ssl))
          .ifPresent(tlvs::add);
    }
    ByteBuf header = client.alloc().buffer(USUAL_LENGTH);
    ProxyHeaderEncoder.write(
        header,
        ClientAddress.of(client),
        ClientAddress.destination(client),
        tlvs,
        told.contains(SentTlv.CRC32C));
    return header;
  }

  private static List<Tlv> tlvs(
      Channel client, ClientHello hello, Optional<Bytes> alpn, Set<SentTlv> told) {
    List<Tlv> tlvs = new ArrayList<>();
    if (told.contains(SentTlv.AUTHORITY)) {
      hello
          .serverName()
          .ifPresent(name -> tlvs.add(new Tlv(Tlv.AUTHORITY, Bytes.utf8(name.toString()))));
    }
    if (told.contains(SentTlv.ALPN)) {
      alpn.filter(protocol -> protocol.length() <= MOST_ALPN)
          .ifPresent(protocol -> tlvs.add(new Tlv(Tlv.ALPN, protocol)));
    }
    if (told.contains(SentTlv.UNIQUE_ID)) {
      tlvs.add(new Tlv(Tlv.UNIQUE_ID, ClientAddress.uniqueId(client).orElseGet(BackendHeader::id)));
    }
    return tlvs;
  }

  /** Unique, not secret. */
  private static Bytes id() {
    byte[] id = new byte[NEW_ID_LENGTH];
    ThreadLocalRandom.current().nextBytes(id);
    return Bytes.of(id);
  }
}
