package dev.gatehouse.net.sockets;

/** The kernel's table of sockets, of the network namespace in which Gatehouse runs. */
public interface SocketTable {

  /** Reads one part of the table. Blocks for as long as the kernel takes, at most seconds. */
  ReadResult read(SocketQuery query, RowVisitor visitor);
}
