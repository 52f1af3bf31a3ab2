package dev.gatehouse.tracker.swarm;

import dev.gatehouse.kernel.address.AddressFamily;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one shard holds and what has happened there.
 *
 * <p>A swarm leaves the tally before it is changed and enters it again afterwards, so that no
 * change has to say what it did. One number is shared by all shards: that of all peers.
 */
final class Tally {

  private final AtomicInteger peersOfAllShards;
  private int maxPeers;

  private int swarms;
  private int seeders;
  private int leechers;
  private int ipv4Peers;
  private int ipv6Peers;
  private int leftWith;

  private long snatches;
  private long refused;
  private long evicted;

  Tally(AtomicInteger peersOfAllShards, int maxPeers) {
    this.peersOfAllShards = peersOfAllShards;
    this.maxPeers = maxPeers;
  }

  void maxPeers(int most) {
    maxPeers = most;
  }

  void leave(Swarm swarm) {
    leftWith = swarm.count();
    add(swarm, -1);
  }

  void enter(Swarm swarm) {
    add(swarm, 1);
    if (swarm.count() != leftWith) {
      peersOfAllShards.addAndGet(swarm.count() - leftWith);
    }
  }

  private void add(Swarm swarm, int sign) {
    swarms += swarm.count() > 0 ? sign : 0;
    seeders += sign * swarm.seeders();
    leechers += sign * swarm.leechers();
    ipv4Peers += sign * swarm.peers(AddressFamily.IPV4).count();
    ipv6Peers += sign * swarm.peers(AddressFamily.IPV6).count();
  }

  /** Whether there may be more peers in all; a few too many where workers ask at once. */
  boolean hasRoom() {
    return peersOfAllShards.get() < maxPeers;
  }

  int swarms() {
    return swarms;
  }

  int peers() {
    return ipv4Peers + ipv6Peers;
  }

  void snatched() {
    snatches++;
  }

  void refused() {
    refused++;
  }

  void evicted() {
    evicted++;
  }

  SwarmCounts counts() {
    return new SwarmCounts(
        swarms, seeders, leechers, ipv4Peers, ipv6Peers, snatches, refused, evicted);
  }
}
