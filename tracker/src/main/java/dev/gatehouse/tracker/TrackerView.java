package dev.gatehouse.tracker;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.tracker.storage.Collector;
import dev.gatehouse.tracker.swarm.SwarmCounts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a tracker is doing, as operators are shown it.
 *
 * @param announcesPerSecond of the last while, as the next
 * @param collection the last one that ended, if one has
 */
public record TrackerView(
    Duration uptime,
    SwarmCounts swarms,
    long announces,
    long scrapes,
    double announcesPerSecond,
    double scrapesPerSecond,
    List<Port> ports,
    List<String> preHooks,
    List<String> postHooks,
    Optional<Collector.Run> collection) {

  /**
   * One port.
   *
   * @param protocol {@code http}, {@code https} or {@code udp}
   */
  public record Port(String protocol, Endpoint address) {}

  /** How many are in a swarm, and how often its torrent was completed. */
  public record SwarmView(int seeders, int leechers, int snatches) {}

  public TrackerView {
    ports = List.copyOf(ports);
    preHooks = List.copyOf(preHooks);
    postHooks = List.copyOf(postHooks);
  }
}
