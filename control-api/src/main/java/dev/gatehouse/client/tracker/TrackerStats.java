package dev.gatehouse.client.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much the tracker knows and does.
 *
 * @param refusedPeers those for which there was no room, since the start
 * @param allowed torrents that operators allow
 * @param denied torrents that operators deny
 * @param lastCollection when the last one ended, if one has
 */
public record TrackerStats(
    Duration uptime,
    Swarms swarms,
    Requests requests,
    long refusedPeers,
    List<Port> ports,
    List<String> preHooks,
    List<String> postHooks,
    long allowed,
    long denied,
    Optional<Instant> lastCollection) {

  /**
   * Who is in all swarms.
   *
   * @param downloads completions since the start
   */
  public record Swarms(
      long torrents, long seeders, long leechers, long ipv4Peers, long ipv6Peers, long downloads) {}

  /**
   * What clients ask.
   *
   * @param announces since the start, as the next
   * @param announcesPerSecond of the last while, as the next
   */
  public record Requests(
      long announces, long scrapes, double announcesPerSecond, double scrapesPerSecond) {}

  /**
   * Where it listens.
   *
   * @param protocol {@code http}, {@code https} or {@code udp}
   */
  public record Port(String protocol, String address) {}

  public TrackerStats {
    ports = List.copyOf(ports);
    preHooks = List.copyOf(preHooks);
    postHooks = List.copyOf(postHooks);
  }
}
