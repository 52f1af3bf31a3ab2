package dev.gatehouse.tracker.probe;

import dev.gatehouse.wire.tracker.Event;
import java.io.IOException;
import java.util.List;

/** A protocol in which a tracker is asked. */
interface ProbePeer extends AutoCloseable {

  /** Bytes left to download, so that nobody is taken for a seeder. */
  int LEFT = 100;

  int NUM_WANT = 50;

  /**
   * What one client says.
   *
   * @param hash 20 bytes
   * @param id 20 bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // said once and never compared
  record Announcement(byte[] hash, byte[] id, int port, Event event) {}

  /**
   * Announces, and gives the ports of the peers in the answer.
   *
   * @throws IOException with what is wrong, if there is no answer or one that says no
   */
  List<Integer> announce(Announcement announcement) throws IOException, InterruptedException;

  @Override
  default void close() {}
}
