package dev.gatehouse.tracker.client;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many peers are of which software.
 *
 * @param peers of all software that is known, and of the rest
 * @param versions those that most peers have
 */
public record ClientCounts(Map<ClientSoftware, Long> peers, List<Version> versions) {

  /** Where nobody has been counted. */
  public static final ClientCounts NONE = new ClientCounts(Map.of(), List.of());

  private static final String OTHER = "other";

  /**
   * How many peers have one version of a software.
   *
   * @param text four letters or digits
   */
  public record Version(ClientSoftware software, String text, long peers) {}

  public ClientCounts {
    peers = Map.copyOf(peers);
    versions = List.copyOf(versions);
  }

  /** How many are of one software, whatever its version. */
  public long of(ClientSoftware software) {
    return peers.getOrDefault(software, 0L);
  }

  /**
   * Versions and how many peers have them, by software; what has no version of its own is other.
   */
  public Map<ClientSoftware, Map<String, Long>> table() {
    Map<ClientSoftware, Map<String, Long>> table = new EnumMap<>(ClientSoftware.class);
    versions.forEach(
        version ->
            table
                .computeIfAbsent(version.software(), _ -> new LinkedHashMap<>())
                .put(version.text(), version.peers()));
    peers.forEach(
        (software, all) -> {
          long told =
              table.getOrDefault(software, Map.of()).values().stream()
                  .mapToLong(Long::longValue)
                  .sum();
          if (all > told) {
            table.computeIfAbsent(software, _ -> new LinkedHashMap<>()).put(OTHER, all - told);
          }
        });
    return table;
  }
}
