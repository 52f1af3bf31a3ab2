package dev.gatehouse.wire.tracker.udp;

import io.netty.buffer.ByteBuf;

/**
 * What a datagram is, by the sixteen bytes that begin every request (BEP 15).
 *
 * <p>The first three are nothing to answer. Of the others all but {@link #CONNECT} are to be
 * believed only once their connection id is, so it is looked at before the kind is told apart.
 */
public enum UdpRequestKind {
  EMPTY,
  TOO_SHORT,
  /** A connect without the number that marks one. */
  BAD_MAGIC,
  CONNECT,
  ANNOUNCE,
  /** An announce with 16 bytes for the address, as old IPv6 trackers had it. */
  WIDE_ANNOUNCE,
  SCRAPE,
  UNKNOWN_ACTION;

  /** What takes the place of a connection id in a connect (BEP 15). */
  public static final long PROTOCOL_ID = 0x0000_0417_2710_1980L;

  static final int CONNECT_ACTION = 0;
  static final int ANNOUNCE_ACTION = 1;
  static final int SCRAPE_ACTION = 2;
  static final int ERROR_ACTION = 3;
  static final int WIDE_ANNOUNCE_ACTION = 4;

  /** Connection id, action and transaction id. */
  static final int HEAD_LENGTH = 16;

  private static final int ACTION = 8;
  private static final int TRANSACTION_ID = 12;

  /** The kind of the datagram that the readable bytes are. */
  public static UdpRequestKind of(ByteBuf datagram) {
    if (!datagram.isReadable()) {
      return EMPTY;
    }
    if (datagram.readableBytes() < HEAD_LENGTH) {
      return TOO_SHORT;
    }
    return switch (datagram.getInt(datagram.readerIndex() + ACTION)) {
      case CONNECT_ACTION -> connectionId(datagram) == PROTOCOL_ID ? CONNECT : BAD_MAGIC;
      case ANNOUNCE_ACTION -> ANNOUNCE;
      case SCRAPE_ACTION -> SCRAPE;
      case WIDE_ANNOUNCE_ACTION -> WIDE_ANNOUNCE;
      default -> UNKNOWN_ACTION;
    };
  }

  /** The connection id of a datagram that is not {@link #TOO_SHORT}. */
  public static long connectionId(ByteBuf datagram) {
    return datagram.getLong(datagram.readerIndex());
  }

  /** The transaction id of a datagram that is not {@link #TOO_SHORT}; any answer repeats it. */
  public static int transactionId(ByteBuf datagram) {
    return datagram.getInt(datagram.readerIndex() + TRANSACTION_ID);
  }
}
