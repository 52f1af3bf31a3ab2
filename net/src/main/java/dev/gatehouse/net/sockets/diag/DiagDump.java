package dev.gatehouse.net.sockets.diag;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.diag.DiagProgress.Broken;
import dev.gatehouse.net.sockets.diag.DiagProgress.Done;
import dev.gatehouse.net.sockets.diag.DiagProgress.More;
import dev.gatehouse.net.sockets.diag.DiagProgress.Refused;
import java.lang.foreign.MemorySegment;

/** Reads the datagrams that answer one request, and shows their rows to a visitor. */
final class DiagDump {

  static final int HEADER_BYTES = 16;

  // message types, include/uapi/linux/netlink.h
  private static final int ERROR = 2;
  private static final int DONE = 3;
  private static final int OVERRUN = 4;

  /** On any message: the table has changed between two parts of the dump. */
  private static final int DUMP_INTR = 0x10;

  private static final DiagProgress MORE = new More();
  private static final DiagProgress COMPLETE = new Done();
  private static final DiagProgress LOST = new Broken("overrun");

  private final SocketQuery query;
  private final int sequence;
  private final RowVisitor visitor;
  private final DiagRow row;
  private long rows;
  private long malformed;
  private boolean interrupted;

  /**
   * @param sequence number of the request; answers to others are ignored
   */
  DiagDump(SocketQuery query, int sequence, RowVisitor visitor) {
    this.query = query;
    this.sequence = sequence;
    this.visitor = visitor;
    row = new DiagRow(query.protocol());
  }

  /** Reads one datagram, which is the first {@code length} bytes of a buffer. */
  DiagProgress read(MemorySegment buffer, long length) {
    long at = 0;
    DiagProgress progress;
    do {
      if (length - at < HEADER_BYTES) {
        return malformed("message header", length - at);
      }
      long size = Integer.toUnsignedLong(buffer.get(JAVA_INT_UNALIGNED, at));
      if (size < HEADER_BYTES || size > length - at) {
        return malformed("message length", size);
      }
      progress = message(buffer, at, size);
      at += (size + 3) & ~3L;
    } while (progress instanceof More && at < length);
    return progress;
  }

  /** Rows shown to the visitor. */
  long rows() {
    return rows;
  }

  /** Rows that could not be read. */
  long malformed() {
    return malformed;
  }

  /** Whether the table changed while it was read. */
  boolean interrupted() {
    return interrupted;
  }

  private DiagProgress message(MemorySegment buffer, long at, long size) {
    if (buffer.get(JAVA_INT_UNALIGNED, at + 8) != sequence) {
      return MORE;
    }
    interrupted |= (buffer.get(JAVA_SHORT_UNALIGNED, at + 6) & DUMP_INTR) != 0;
    int type = Short.toUnsignedInt(buffer.get(JAVA_SHORT_UNALIGNED, at + 4));
    return switch (type) {
      case DiagRequest.SOCK_DIAG_BY_FAMILY -> row(buffer, at + HEADER_BYTES, at + size);
      case DONE -> verdict(buffer, at, size, COMPLETE);
      case ERROR -> verdict(buffer, at, size, MORE);
      case OVERRUN -> LOST;
      default -> MORE;
    };
  }

  private DiagProgress row(MemorySegment buffer, long start, long end) {
    if (!row.moveTo(buffer, start, end)) {
      malformed++;
      return MORE;
    }
    if (query.takes(row)) {
      rows++;
      visitor.row(row);
    }
    return MORE;
  }

  /** Both kinds carry a number: 0, or an error. A missing kernel module is told in DONE. */
  private static DiagProgress verdict(
      MemorySegment buffer, long at, long size, DiagProgress ifZero) {
    if (size < HEADER_BYTES + Integer.BYTES) {
      return malformed("message length", size);
    }
    int number = buffer.get(JAVA_INT_UNALIGNED, at + HEADER_BYTES);
    return number == 0 ? ifZero : new Refused(-number);
  }

  private static DiagProgress malformed(String what, long value) {
    return new Broken("malformed: " + what + " of " + value + " bytes");
  }
}
