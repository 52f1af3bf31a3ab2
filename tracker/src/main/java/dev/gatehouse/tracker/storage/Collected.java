package dev.gatehouse.tracker.storage;

import java.util.List;

/**
 * What a collection took out and what it met.
 *
 * @param swarmsBySize how many swarms have 1, 2–4, 5–16, 17–64, 65–256, 257–1024 and more peers
 */
public record Collected(long peers, long swarms, List<Long> swarmsBySize) {

  static final Collected NOTHING = new Collected(0, 0, List.of());

  public Collected {
    swarmsBySize = List.copyOf(swarmsBySize);
  }
}
