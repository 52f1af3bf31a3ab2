package dev.gatehouse.wire.tracker.udp;

import dev.gatehouse.wire.tracker.Query;
import dev.gatehouse.wire.tracker.RequestFault;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** The options behind an announce, of which those with pieces of its URL are kept (BEP 41). */
final class UrlData {

  /** The longest datagram that is received, so the most that its options hold. */
  static final int MAX_LENGTH = 2048;

  private static final int END = 0;
  private static final int NOP = 1;
  private static final int URL_DATA = 2;

  private final byte[] pieces = new byte[MAX_LENGTH];
  private int length;

  /** Judges the options from an index to the end of the datagram. */
  Optional<RequestFault> read(ByteBuf in, int from) {
    length = 0;
    int at = from;
    int end = in.writerIndex();
    while (at < end && in.getByte(at) != END) {
      int option = in.getUnsignedByte(at++);
      if (option == NOP) {
        continue;
      }
      boolean cut = at == end || end - at - 1 < in.getUnsignedByte(at);
      if (option == URL_DATA && (cut || !append(in, at + 1, in.getUnsignedByte(at)))) {
        return Optional.of(RequestFault.MALFORMED_PACKET);
      }
      // an option of the future whose length is cut off ends the walk and does no harm
      at = cut ? end : at + 1 + in.getUnsignedByte(at);
    }
    return Query.hasBrokenEscape(pieces, queryStart(), length)
        ? Optional.of(RequestFault.QUERY_ESCAPE)
        : Optional.empty();
  }

  private boolean append(ByteBuf in, int from, int count) {
    if (pieces.length - length < count) {
      return false;
    }
    in.getBytes(from, pieces, length, count);
    length += count;
    return true;
  }

  /** Behind the first question mark; a URL without one is a query as a whole. */
  private int queryStart() {
    for (int i = 0; i < length; i++) {
      if (pieces[i] == '?') {
        return i + 1;
      }
    }
    return 0;
  }

  Query query() {
    return length == 0 ? Query.EMPTY : Query.ofUrlData(pieces, queryStart(), length);
  }
}
