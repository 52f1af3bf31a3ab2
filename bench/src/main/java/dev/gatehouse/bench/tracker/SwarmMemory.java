package dev.gatehouse.bench.tracker;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.tracker.swarm.Collection;
import dev.gatehouse.tracker.swarm.Swarms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Fills swarms and prints what heap they take, for each torrent and for each peer, and for how long
 * a shard is held while they are looked through and while all of them are taken out.
 */
public final class SwarmMemory {

  private static final int SHARDS = 1024;
  private static final int LIFETIME_SECONDS = 1860;

  private static final int WARM_UPS = 5;

  /** When all came, in seconds. */
  private static final int NOW = 1;

  private final AddressFamily family;
  private final Swarms swarms =
      new Swarms(
          new Swarms.Settings(SHARDS, LIFETIME_SECONDS, Integer.MAX_VALUE, 0), new Random(1));
  private final Announce announce = new Announce();
  private final Selection selection = Selection.withoutIds();
  private final ByteBuf hash = Unpooled.buffer(20).writerIndex(20);
  private final ByteBuf id = Unpooled.buffer(20).writerIndex(20);

  private SwarmMemory(AddressFamily family) {
    this.family = family;
  }

  /** Arguments: torrents, and peers of each. */
  public static void main(String[] arguments) {
    int torrents = Integer.parseInt(arguments[0]);
    int peers = Integer.parseInt(arguments[1]);
    for (AddressFamily family : AddressFamily.values()) {
      warmUp(family, torrents / 10, peers);
      long before = usedBytes();
      SwarmMemory filled = new SwarmMemory(family);
      filled.fill(torrents, 0, 1);
      long one = usedBytes() - before;
      filled.fill(torrents, 1, peers);
      long all = usedBytes() - before;
      double each = (double) (all - one) / ((long) torrents * (peers - 1));
      System.out.printf(
          Locale.ROOT,
          "%s: %d torrents, %d peers: %d MiB; %.1f bytes a peer, %.1f a torrent beside them%n",
          family,
          torrents,
          filled.swarms.counts().ipv4Peers() + filled.swarms.counts().ipv6Peers(),
          all >> 20,
          each,
          (double) one / torrents - each);
      print("with nobody to take out", filled.collect(NOW));
      print("that takes out everybody", filled.collect(NOW + LIFETIME_SECONDS));
    }
  }

  /** Until the compiler knows all of it. */
  private static void warmUp(AddressFamily family, int torrents, int peers) {
    for (int i = 0; i < WARM_UPS; i++) {
      SwarmMemory small = new SwarmMemory(family);
      small.fill(torrents, 0, peers);
      small.collect(NOW);
      small.collect(NOW + LIFETIME_SECONDS);
    }
  }

  /** For how long each step took, which holds one shard from its beginning to its end. */
  private List<Long> collect(int now) {
    Collection collection = swarms.collection(now);
    List<Long> holds = new ArrayList<>();
    for (boolean more = true; more; ) {
      long before = System.nanoTime();
      more = collection.step();
      holds.add(System.nanoTime() - before);
    }
    Collections.sort(holds);
    return holds;
  }

  private static void print(String what, List<Long> holds) {
    System.out.printf(
        Locale.ROOT,
        "  a walk %s: %d holds; of them p50 %d us, p99.9 %d us, the longest %d us%n",
        what,
        holds.size(),
        holds.get(holds.size() / 2) / 1000,
        holds.get((int) (holds.size() * 0.999)) / 1000,
        holds.getLast() / 1000);
  }

  private void fill(int torrents, int from, int to) {
    for (int torrent = 0; torrent < torrents; torrent++) {
      UdpLoad.writeHash(hash.nioBuffer(), 0, torrent);
      announce.torrent(hash, 0);
      for (int peer = from; peer < to; peer++) {
        id.setInt(16, peer);
        announce.peer(id, 0);
        announce.clearAddresses();
        announce.addAddress(family, 0x2a00L << 48, 0x0a00_0000L + peer, 6881);
        announce.asks(Change.LEECH, false, 0);
        swarms.announce(announce, NOW, selection);
      }
    }
  }

  private static long usedBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
