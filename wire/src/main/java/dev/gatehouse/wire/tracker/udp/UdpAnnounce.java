package dev.gatehouse.wire.tracker.udp;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.wire.tracker.Event;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;
import dev.gatehouse.wire.tracker.Query;
import dev.gatehouse.wire.tracker.RequestFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * The announce in a datagram, read where it lies (BEP 15).
 *
 * <p>One object serves a worker for all its announces: {@link #read} judges a datagram and from
 * then on the accessors speak of it, until the next one or until its bytes change. So an announce
 * allocates nothing unless somebody asks for its {@link #parameters}.
 */
public final class UdpAnnounce {

  /** A datagram up to the options, with an address of four bytes. */
  static final int MIN_LENGTH = 98;

  /** A datagram up to the options, with an address of sixteen bytes. */
  static final int MIN_WIDE_LENGTH = 110;

  private static final int INFO_HASH = 16;
  private static final int PEER_ID = 36;
  private static final int DOWNLOADED = 56;
  private static final int LEFT = 64;
  private static final int UPLOADED = 72;
  private static final int EVENT = 80;
  private static final int ADDRESS = 84;

  /** Counted from the end of the address, where the key is. */
  private static final int NUM_WANT = 4;

  private static final int PORT = 8;
  private static final int OPTIONS = 10;

  private final UrlData urlData = new UrlData();
  private ByteBuf datagram = Unpooled.EMPTY_BUFFER;
  private Event event = Event.NONE;
  private AddressFamily claimedFamily = AddressFamily.IPV4;

  /** The index of the datagram's first byte, and of the one behind its address. */
  private int start;

  private int addressEnd;

  /** Judges a datagram that is an announce of either form; the reader index stays. */
  public Optional<RequestFault> read(ByteBuf in) {
    boolean wide = UdpRequestKind.of(in) == UdpRequestKind.WIDE_ANNOUNCE;
    if (in.readableBytes() < (wide ? MIN_WIDE_LENGTH : MIN_LENGTH)) {
      return Optional.of(RequestFault.MALFORMED_PACKET);
    }
    datagram = in;
    start = in.readerIndex();
    claimedFamily = wide ? AddressFamily.IPV6 : AddressFamily.IPV4;
    addressEnd = start + ADDRESS + claimedFamily.bytes();
    Optional<Event> known = Event.ofNumber(in.getInt(start + EVENT));
    if (known.isEmpty()) {
      return Optional.of(RequestFault.UNKNOWN_EVENT);
    }
    event = known.get();
    return urlData.read(in, addressEnd + OPTIONS);
  }

  /** Whether the answer is to have the action of the old IPv6 form. */
  public boolean isWide() {
    return claimedFamily == AddressFamily.IPV6;
  }

  public Event event() {
    return event;
  }

  public InfoHash infoHash() {
    return InfoHash.v1(datagram, start + INFO_HASH);
  }

  public PeerId peerId() {
    return PeerId.read(datagram, start + PEER_ID);
  }

  /** The index of the hash's first byte in the datagram. */
  public int infoHashIndex() {
    return start + INFO_HASH;
  }

  /** The index of the peer id's first byte in the datagram. */
  public int peerIdIndex() {
    return start + PEER_ID;
  }

  /** An unsigned number, as the next two; all ones if the client does not know. */
  public long left() {
    return datagram.getLong(start + LEFT);
  }

  public long downloaded() {
    return datagram.getLong(start + DOWNLOADED);
  }

  public long uploaded() {
    return datagram.getLong(start + UPLOADED);
  }

  /** How many peers the client wants; all ones for as many as it may have. */
  public long numWant() {
    return datagram.getUnsignedInt(addressEnd + NUM_WANT);
  }

  /** 0 is for the caller to refuse, after the address. */
  public int port() {
    return datagram.getUnsignedShort(addressEnd + PORT);
  }

  /** The family of the address that the client claims to have. */
  public AddressFamily claimedFamily() {
    return claimedFamily;
  }

  /** The upper half of the claimed address, as an {@code IpAddress} has it. */
  public long claimedHigh() {
    return isWide() ? datagram.getLong(start + ADDRESS) : 0;
  }

  /** The lower half of the claimed address; 0 in both halves claims nothing. */
  public long claimedLow() {
    return isWide()
        ? datagram.getLong(start + ADDRESS + 8)
        : datagram.getUnsignedInt(start + ADDRESS);
  }

  /** What stands in the query of the URL that the client was given (BEP 41). */
  public Query parameters() {
    return urlData.query();
  }
}
