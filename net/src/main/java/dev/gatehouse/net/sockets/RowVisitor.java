package dev.gatehouse.net.sockets;

/** Receives the rows of a dump one by one. */
@FunctionalInterface
public interface RowVisitor {

  /** Takes one row; the view is reused for the next. */
  void row(SocketView view);
}
