package dev.gatehouse.net.sockets;

/** Receives the rows of a dump one by one. */
@FunctionalInterface
public interface RowVisitor {

  /** Takes one row; the view is reused for the next. */
  void row(SocketView view);

  /**
   * Forgets the rows so far, since the same table is read once more from its start: it changed
   * under the reader, or another source takes over. A visitor that holds something overrides it.
   */
  default void restart() {}
}
