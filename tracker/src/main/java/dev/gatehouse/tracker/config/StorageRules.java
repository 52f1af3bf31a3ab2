package dev.gatehouse.tracker.config;

import dev.gatehouse.config.Section;
import java.time.Duration;
import java.util.Map;

/**
 * The table {@code [tracker.storage]}.
 *
 * @param collectEvery how often peers are taken out that did not come again
 * @param peerLifetime how long a peer is known that does not come again
 * @param countEvery how often swarms are counted for the metrics; zero is never
 * @param shards how many locks there are for each family of addresses
 */
public record StorageRules(
    Duration collectEvery, Duration peerLifetime, Duration countEvery, int shards) {

  private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);
  private static final int MAX_SHARDS = 1 << 20;

  /**
   * Reads the table.
   *
   * @param interval when clients announce again at the latest, variation included
   */
  static StorageRules read(Section storage, Duration interval) {
    return storage
        .<StorageRules>variant(
            "name",
            "where swarms are kept",
            Map.of("memory", chosen -> memory(chosen.section("config", "its settings"), interval)))
        .orElse("memory");
  }

  private static StorageRules memory(Section config, Duration interval) {
    Duration lifetime =
        config
            .duration(
                "peer_lifetime", "how long a peer is known; empty: a minute over the interval")
            .range(Duration.ofMinutes(1), LONGEST_LIFETIME)
            .optional()
            .orElse(interval.plusMinutes(1));
    if (lifetime.compareTo(interval) <= 0) {
      config.refuse("peer_lifetime", "above announce_interval, else peers vanish in between");
    }
    return new StorageRules(
        config
            .duration("gc_interval", "how often peers are taken out that did not come again")
            .range(Duration.ofSeconds(1), Duration.ofHours(24))
            .orElse(Duration.ofMinutes(3)),
        lifetime,
        config
            .duration("statistics_interval", "how often swarms are counted; 0 = never")
            .range(Duration.ofSeconds(1), Duration.ofHours(24))
            .orZero()
            .orElse(Duration.ofSeconds(30)),
        config
            .integer("shard_count", "how many locks there are for each family")
            .range(1, MAX_SHARDS)
            .orElse(1024));
  }
}
