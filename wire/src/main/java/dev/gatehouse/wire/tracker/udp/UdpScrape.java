package dev.gatehouse.wire.tracker.udp;

import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.RequestFault;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** The scrape in a datagram, read where it lies (BEP 15). */
public final class UdpScrape {

  /** As many as fit into a datagram (BEP 15), asked or answered. */
  public static final int MAX_INFO_HASHES = 74;

  private static final int MIN_LENGTH = UdpRequestKind.HEAD_LENGTH + InfoHash.V1_LENGTH;

  private UdpScrape() {}

  /** Judges a datagram that is a scrape; the reader index stays. */
  public static Optional<RequestFault> fault(ByteBuf datagram) {
    int length = datagram.readableBytes();
    boolean whole =
        length >= MIN_LENGTH && (length - UdpRequestKind.HEAD_LENGTH) % InfoHash.V1_LENGTH == 0;
    return whole ? Optional.empty() : Optional.of(RequestFault.MALFORMED_PACKET);
  }

  /** How many hashes a datagram without fault asks for, those beyond the limit left out. */
  public static int size(ByteBuf datagram, int limit) {
    int asked = (datagram.readableBytes() - UdpRequestKind.HEAD_LENGTH) / InfoHash.V1_LENGTH;
    return Math.min(asked, Math.min(limit, MAX_INFO_HASHES));
  }

  /** The index of a hash's first byte in the datagram. */
  public static int infoHashIndex(ByteBuf datagram, int position) {
    return datagram.readerIndex() + UdpRequestKind.HEAD_LENGTH + position * InfoHash.V1_LENGTH;
  }
}
