package dev.gatehouse.tracker.storage;

import dev.gatehouse.tracker.client.ClientCounts;
import java.util.List;

/**
 * What a collection took out and what it met.
 *
 * @param swarmsBySize how many swarms have 1, 2–4, 5–16, 17–64, 65–256, 257–1024 and more peers
 * @param clients what software the peers are that are left
 */
public record Collected(long peers, long swarms, List<Long> swarmsBySize, ClientCounts clients) {

  static final Collected NOTHING = new Collected(0, 0, List.of(), ClientCounts.NONE);

  public Collected {
    swarmsBySize = List.copyOf(swarmsBySize);
  }
}
