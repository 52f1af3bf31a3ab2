package dev.gatehouse.tracker.swarm;

import dev.gatehouse.tracker.client.ClientCensus;
import dev.gatehouse.tracker.request.Announce;

/**
 * The peers of one family in one swarm: one block, or many once there are too many for one.
 *
 * <p>What changes them gives what takes their place, which usually is the same object.
 */
sealed interface Peers permits PeerBlock, SplitPeers {

  int count();

  int seeders();

  /** How many blocks there are. */
  int blocks();

  PeerBlock block(int position);

  /** The block in which an endpoint with this hash is, if it is anywhere. */
  PeerBlock blockOf(long hash);

  /** Adds the peer of an announce at one of its addresses, or brings what is known up to date. */
  Peers put(byte[] endpoint, long hash, Announce announce, boolean seeder, int now);

  /** Takes a peer out, which must be there. */
  Peers remove(byte[] endpoint, long hash);

  /**
   * Takes out those who came last at or before a time, as far as the effort allows. Peers that
   * nobody has looked at so far are looked at first, so a second call goes on where one ended.
   */
  Peers expire(int limit, Effort effort);

  /** Counts the peers by what software they are; of very many, some stand for the others. */
  void count(ClientCensus into);

  default int leechers() {
    return count() - seeders();
  }
}
