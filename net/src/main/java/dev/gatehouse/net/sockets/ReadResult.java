package dev.gatehouse.net.sockets;

/** The outcome of one query to a socket table. */
public sealed interface ReadResult {

  /**
   * The whole table was read.
   *
   * @param rows visited
   * @param malformed rows that were skipped since they could not be read
   * @param inconsistent whether the table changed under each of the reader's attempts
   */
  record Complete(SocketSource source, long rows, long malformed, boolean inconsistent)
      implements ReadResult {}

  /** This source cannot answer here: a missing module, a refused right. */
  record Unavailable(SocketSource source, String reason) implements ReadResult {}

  /** The source should have answered and did not; rows visited so far are no table. */
  record Failed(SocketSource source, String reason) implements ReadResult {}
}
