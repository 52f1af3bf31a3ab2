package dev.gatehouse.client.tracker;

import java.util.List;
import java.util.Optional;

/**
 * What is known of one torrent.
 *
 * @param downloads how often it was completed
 * @param rule what an operator has decided, if anything
 * @param peers as many as were asked for
 */
public record Swarm(
    long seeders, long leechers, long downloads, Optional<HashRule> rule, List<SwarmPeer> peers) {

  public Swarm {
    peers = List.copyOf(peers);
  }
}
