package dev.gatehouse.wire.tracker.udp;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.wire.tracker.PeerList;
import io.netty.buffer.ByteBuf;

/** Writes what a tracker answers in a datagram (BEP 15). */
public final class UdpReplies {

  /** Action, transaction id, interval and the two counts. */
  private static final int ANNOUNCE_HEAD = 20;

  private static final int MAX_COUNT = Integer.MAX_VALUE;

  private UdpReplies() {}

  public static void writeConnect(ByteBuf out, int transactionId, long connectionId) {
    out.writeInt(UdpRequestKind.CONNECT_ACTION);
    out.writeInt(transactionId);
    out.writeLong(connectionId);
  }

  /**
   * All of an answer to an announce but its peers, which follow by {@link #writePeers}.
   *
   * @param wide whether the announce had an address of sixteen bytes
   */
  public static void writeAnnounce(
      ByteBuf out, boolean wide, int transactionId, int interval, int leechers, int seeders) {
    out.writeInt(wide ? UdpRequestKind.WIDE_ANNOUNCE_ACTION : UdpRequestKind.ANNOUNCE_ACTION);
    out.writeInt(transactionId);
    out.writeInt(interval);
    out.writeInt(leechers);
    out.writeInt(seeders);
  }

  /** The endpoints of as many peers as are there and {@code limit} allows. */
  public static void writePeers(ByteBuf out, PeerList peers, int limit) {
    peers.writeCompact(out, Math.min(peers.size(), limit));
  }

  /** How many peers of a family an answer of so many bytes has room for. */
  public static int peersIn(AddressFamily family, int maxDatagram) {
    return (maxDatagram - ANNOUNCE_HEAD) / PeerList.endpointLength(family);
  }

  /** The head of an answer to a scrape; one {@link #writeScraped} a hash follows. */
  public static void writeScrape(ByteBuf out, int transactionId) {
    out.writeInt(UdpRequestKind.SCRAPE_ACTION);
    out.writeInt(transactionId);
  }

  public static void writeScraped(ByteBuf out, long seeders, long snatches, long leechers) {
    out.writeInt(count(seeders));
    out.writeInt(count(snatches));
    out.writeInt(count(leechers));
  }

  /** Clients read these numbers with a sign. */
  private static int count(long number) {
    return (int) Math.min(number, MAX_COUNT);
  }

  /** An error with its text in ASCII, which a NUL ends. */
  public static void writeError(ByteBuf out, int transactionId, byte[] text) {
    out.writeInt(UdpRequestKind.ERROR_ACTION);
    out.writeInt(transactionId);
    out.writeBytes(text);
    out.writeByte(0);
  }
}
