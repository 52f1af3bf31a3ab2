package dev.gatehouse.tracker.swarm;

/**
 * How much there is and what has happened; both families of a swarm are one swarm.
 *
 * @param swarms those that somebody is in
 * @param ipv4Peers seeders and leechers, as the next
 * @param snatches since the start
 * @param refused peers that were not kept because there were too many in all, since the start
 * @param evicted peers that had to go because there were too many in a swarm, since the start
 */
public record SwarmCounts(
    long swarms,
    long seeders,
    long leechers,
    long ipv4Peers,
    long ipv6Peers,
    long snatches,
    long refused,
    long evicted) {

  static final SwarmCounts NONE = new SwarmCounts(0, 0, 0, 0, 0, 0, 0, 0);

  SwarmCounts plus(SwarmCounts other) {
    return new SwarmCounts(
        swarms + other.swarms,
        seeders + other.seeders,
        leechers + other.leechers,
        ipv4Peers + other.ipv4Peers,
        ipv6Peers + other.ipv6Peers,
        snatches + other.snatches,
        refused + other.refused,
        evicted + other.evicted);
  }

  public long peers() {
    return ipv4Peers + ipv6Peers;
  }
}
