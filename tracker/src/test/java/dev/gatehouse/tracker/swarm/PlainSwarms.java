package dev.gatehouse.tracker.swarm;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A slow and obvious store, which forgets nobody before it must and nobody too late. */
final class PlainSwarms {

  /** What is known of a peer. */
  record Peer(PeerId id, boolean seeder, int seen) {}

  /** Who announces what. */
  record Asking(InfoHash torrent, PeerId id, List<Endpoint> endpoints, Change change) {}

  private final int lifetime;
  private final Map<InfoHash, Map<Endpoint, Peer>> swarms = new HashMap<>();
  private final Map<InfoHash, Integer> snatches = new HashMap<>();

  PlainSwarms(int lifetime) {
    this.lifetime = lifetime;
  }

  void expire(int now) {
    swarms
        .values()
        .forEach(swarm -> swarm.values().removeIf(peer -> peer.seen() <= now - lifetime));
    swarms.values().removeIf(Map::isEmpty);
  }

  Map<Endpoint, Peer> peers(InfoHash torrent) {
    return swarms.getOrDefault(torrent, Map.of());
  }

  int count(InfoHash torrent, boolean seeders) {
    return (int) peers(torrent).values().stream().filter(peer -> peer.seeder() == seeders).count();
  }

  int snatches(InfoHash torrent) {
    return snatches.getOrDefault(torrent, 0);
  }

  int swarms() {
    return swarms.size();
  }

  /** How many of a role the announce is about. */
  int own(Asking asking, boolean seeders) {
    return (int)
        asking.endpoints().stream()
            .map(peers(asking.torrent())::get)
            .filter(peer -> peer != null && peer.seeder() == seeders)
            .filter(peer -> asking.change() != Change.STOP || peer.id().equals(asking.id()))
            .count();
  }

  /** How many of a family and role may be handed out. */
  int eligible(Asking asking, AddressFamily family, boolean seeders) {
    Predicate<Map.Entry<Endpoint, Peer>> other =
        entry ->
            !asking.endpoints().contains(entry.getKey())
                && !entry.getValue().id().equals(asking.id());
    return (int)
        peers(asking.torrent()).entrySet().stream()
            .filter(entry -> entry.getKey().address().family() == family)
            .filter(entry -> entry.getValue().seeder() == seeders)
            .filter(other)
            .count();
  }

  void apply(Asking asking, int now) {
    Map<Endpoint, Peer> swarm = swarms.computeIfAbsent(asking.torrent(), _ -> new HashMap<>());
    boolean wasSeeder =
        asking.endpoints().stream()
            .anyMatch(endpoint -> swarm.containsKey(endpoint) && swarm.get(endpoint).seeder());
    if (asking.change() == Change.COMPLETE && !wasSeeder) {
      snatches.merge(asking.torrent(), 1, Integer::sum);
    }
    for (Endpoint endpoint : asking.endpoints()) {
      switch (asking.change()) {
        case LEECH -> swarm.put(endpoint, new Peer(asking.id(), false, now));
        case SEED, COMPLETE -> swarm.put(endpoint, new Peer(asking.id(), true, now));
        case STOP ->
            swarm.computeIfPresent(
                endpoint, (_, peer) -> peer.id().equals(asking.id()) ? null : peer);
        case NOTHING -> {}
      }
    }
    swarms.values().removeIf(Map::isEmpty);
  }
}
