package dev.gatehouse.tracker;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
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
 * @param storageUp whether the store could be reached just now
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
    Optional<Collector.Run> collection,
    boolean storageUp) {

  /**
   * One port.
   *
   * @param protocol {@code http}, {@code https} or {@code udp}
   */
  public record Port(String protocol, Endpoint address) {}

  /**
   * How many are in a swarm, and how often its torrent was completed.
   *
   * @param peers those who were asked for
   */
  public record SwarmView(int seeders, int leechers, int snatches, List<PeerView> peers) {

    public SwarmView {
      peers = List.copyOf(peers);
    }
  }

  /**
   * A peer in a swarm.
   *
   * @param client its software, by name
   * @param age since it came last
   */
  public record PeerView(Endpoint address, String client, boolean seeder, Duration age) {}

  /**
   * Who is beyond a limit.
   *
   * @param limit {@code request} or {@code error_reply}
   * @param client an address, or the first one of an IPv6 /64
   */
  public record Throttled(String limit, IpAddress client) {}

  public TrackerView {
    ports = List.copyOf(ports);
    preHooks = List.copyOf(preHooks);
    postHooks = List.copyOf(postHooks);
  }
}
