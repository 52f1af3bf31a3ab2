package dev.gatehouse.net.sockets.proc;

import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import java.nio.ByteOrder;

/** Cuts the pieces of one file into lines, and shows the rows of a query to a visitor. */
final class ProcDump {

  /** The kernel's longest line has about 200 bytes. */
  static final int MAX_LINE_BYTES = 1024;

  private final SocketQuery query;
  private final RowVisitor visitor;
  private final ProcRow row;
  private final InodeSet seen = new InodeSet();
  private boolean headingPassed;
  private boolean skipping;
  private long rows;
  private long malformed;

  ProcDump(SocketQuery query, ByteOrder order, RowVisitor visitor) {
    this.query = query;
    this.visitor = visitor;
    row = new ProcRow(query, order);
  }

  /**
   * Reads the lines that end in the first {@code length} bytes.
   *
   * @return how many bytes were consumed; the rest is to be given again with what follows it
   */
  int read(byte[] piece, int length) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (piece[i] == '\n') {
        line(piece, start, i);
        start = i + 1;
      }
    }
    if (length - start > MAX_LINE_BYTES) {
      skipping = true;
      return length;
    }
    return start;
  }

  /** Ends the file, with so many bytes left of a line that has no end. */
  void end(int left) {
    if (headingPassed && (left > 0 || skipping)) {
      malformed++;
    }
  }

  /** Rows shown to the visitor. */
  long rows() {
    return rows;
  }

  /** Lines that are none of a socket. */
  long malformed() {
    return malformed;
  }

  private void line(byte[] piece, int from, int to) {
    boolean tooLong = skipping || to - from > MAX_LINE_BYTES;
    skipping = false;
    if (!headingPassed) {
      headingPassed = true;
      return;
    }
    if (tooLong || !row.read(piece, from, to)) {
      malformed++;
      return;
    }
    // a table that changes while it is read may show one socket twice
    if (query.takes(row) && (row.inode() == 0 || seen.add(row.inode()))) {
      rows++;
      visitor.row(row);
    }
  }
}
