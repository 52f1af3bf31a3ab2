package dev.gatehouse.tracker.swarm;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.tracker.client.ClientCensus;
import dev.gatehouse.tracker.hash.SipHash;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Selection;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One torrent's peers and how often it was completed.
 *
 * <p>There are as many of these as there are torrents, so they hold no more than they must, links
 * of the tables that they are in included: {@code next} of {@link SwarmTable}, {@code older} and
 * {@code newer} of {@link SnatchMemory}.
 */
final class Swarm {

  /** Among so many peers the one to make room for another is looked for. */
  private static final int EVICTION_SAMPLE = 8;

  private final long first;
  private final long second;
  private final int tail;
  private int snatches;
  private Peers ipv4;
  private Peers ipv6;

  @Nullable Swarm next;
  @Nullable Swarm older;
  @Nullable Swarm newer;

  Swarm(long first, long second, int tail, Formats formats) {
    this.first = first;
    this.second = second;
    this.tail = tail;
    this.ipv4 = formats.ipv4().nobody();
    this.ipv6 = formats.ipv6().nobody();
  }

  /** How the peers of each family are kept. */
  record Formats(RowFormat ipv4, RowFormat ipv6) {

    RowFormat of(AddressFamily family) {
      return switch (family) {
        case IPV4 -> ipv4;
        case IPV6 -> ipv6;
      };
    }
  }

  /**
   * Who announces, and where its addresses are in the swarm, as long as nobody is moved.
   *
   * <p>Found once, so that whoever passes many rows compares positions and not addresses. A shard
   * has one for all its announces.
   */
  static final class Asker {

    private final PeerBlock[] blocks = new PeerBlock[Announce.MAX_ADDRESSES];
    private final int[] rows = new int[Announce.MAX_ADDRESSES];
    private int size;
    private @Nullable Announce announce;
    private int limit;

    private void begin(Announce of, int expired) {
      announce = of;
      limit = expired;
      size = 0;
    }

    private void isAt(PeerBlock block, int row) {
      blocks[size] = block;
      rows[size] = row;
      size++;
    }

    Announce announce() {
      return Objects.requireNonNull(announce);
    }

    /** Of those who came last at or before this the time is over. */
    int limit() {
      return limit;
    }

    /** Whether the peer is a seeder already, at any of its addresses. */
    boolean isSeeder() {
      for (int i = 0; i < size; i++) {
        if (blocks[i].isSeeder(rows[i])) {
          return true;
        }
      }
      return false;
    }

    /** The first of its rows in a stretch of a block's, or the end of the stretch. */
    int firstIn(PeerBlock block, int from, int to) {
      int first = to;
      for (int i = 0; i < size; i++) {
        if (blocks[i] == block && rows[i] >= from) {
          first = Math.min(first, rows[i]);
        }
      }
      return first;
    }
  }

  boolean hasHash(long hashFirst, long hashSecond, int hashTail) {
    return first == hashFirst && second == hashSecond && tail == hashTail;
  }

  long hash(SipHash sipHash) {
    return sipHash.hash(first, second, tail);
  }

  Peers peers(AddressFamily family) {
    return switch (family) {
      case IPV4 -> ipv4;
      case IPV6 -> ipv6;
    };
  }

  private void replace(RowFormat format, Peers peers) {
    Peers kept = peers.count() == 0 ? format.nobody() : peers;
    switch (format.family()) {
      case IPV4 -> ipv4 = kept;
      case IPV6 -> ipv6 = kept;
    }
  }

  int count() {
    return ipv4.count() + ipv6.count();
  }

  int seeders() {
    return ipv4.seeders() + ipv6.seeders();
  }

  int leechers() {
    return ipv4.leechers() + ipv6.leechers();
  }

  int snatches() {
    return snatches;
  }

  void snatched() {
    snatches++;
  }

  void count(ClientCensus into) {
    ipv4.count(into);
    ipv6.count(into);
  }

  /** Takes out those who came last at or before a time, as far as the effort allows. */
  void expire(Formats formats, int limit, Effort effort) {
    replace(formats.ipv4(), ipv4.expire(limit, effort));
    replace(formats.ipv6(), ipv6.expire(limit, effort));
  }

  /**
   * Finds whoever announces.
   *
   * @param limit of those who came last at or before this the time is over
   */
  void find(Announce announce, int limit, Formats formats, Asker into) {
    into.begin(announce, limit);
    for (int i = 0; i < announce.addresses(); i++) {
      RowFormat format = formats.of(announce.family(i));
      long hash = format.hash(announce.endpoint(i), 0);
      PeerBlock block = peers(format.family()).blockOf(hash);
      int row = block.find(announce.endpoint(i), hash);
      if (row >= 0) {
        into.isAt(block, row);
      }
    }
  }

  /** Counts all peers, and those that an announce is about. */
  void count(Asker asker, Selection into) {
    int ownSeeders = 0;
    int ownLeechers = 0;
    for (int i = 0; i < asker.size; i++) {
      PeerBlock block = asker.blocks[i];
      int row = asker.rows[i];
      if (isAbout(asker.announce(), block, row)) {
        ownSeeders += block.isSeeder(row) ? 1 : 0;
        ownLeechers += block.isSeeder(row) ? 0 : 1;
      }
    }
    into.counted(seeders(), leechers());
    into.countedOwn(ownSeeders, ownLeechers);
  }

  /**
   * Whether an announce from an endpoint concerns the peer that is known there. Who comes takes the
   * place of whoever was there, but who leaves must have been there itself: else a neighbour behind
   * the same address could send it away.
   */
  private static boolean isAbout(Announce announce, PeerBlock block, int row) {
    return switch (announce.change()) {
      case STOP -> block.hasIdOf(row, announce);
      case LEECH, SEED, COMPLETE, NOTHING -> true;
    };
  }

  boolean holds(Announce announce, int address, RowFormat format) {
    byte[] endpoint = announce.endpoint(address);
    long hash = format.hash(endpoint, 0);
    return peers(format.family()).blockOf(hash).find(endpoint, hash) >= 0;
  }

  void put(Announce announce, int address, RowFormat format, boolean seeder, int now) {
    byte[] endpoint = announce.endpoint(address);
    Peers peers = peers(format.family());
    Peers filled = peers == format.nobody() ? new PeerBlock(format) : peers;
    long hash = format.hash(endpoint, 0);
    replace(format, filled.put(endpoint, hash, announce, seeder, now));
  }

  /** Takes everybody out and forgets how often the torrent was completed. */
  void clear(Formats formats) {
    ipv4 = formats.ipv4().nobody();
    ipv6 = formats.ipv6().nobody();
    snatches = 0;
  }

  /** Takes the peer out, if it is there. */
  void remove(Announce announce, int address, RowFormat format) {
    byte[] endpoint = announce.endpoint(address);
    Peers peers = peers(format.family());
    long hash = format.hash(endpoint, 0);
    PeerBlock block = peers.blockOf(hash);
    int row = block.find(endpoint, hash);
    if (row >= 0 && isAbout(announce, block, row)) {
      replace(format, peers.remove(endpoint, hash));
    }
  }

  /** Takes out the one of a few random peers that has not come for longest. */
  void evict(Formats formats, SplittableRandom random) {
    PeerBlock stalest = formats.ipv4().nobody();
    int stalestRow = -1;
    AddressFamily family = AddressFamily.IPV4;
    for (int i = 0; i < EVICTION_SAMPLE; i++) {
      boolean isIpv4 = random.nextInt(count()) < ipv4.count();
      Peers peers = isIpv4 ? ipv4 : ipv6;
      PeerBlock block = randomBlock(peers, random);
      int row = random.nextInt(block.count());
      if (stalestRow < 0 || block.seen(row) < stalest.seen(stalestRow)) {
        stalest = block;
        stalestRow = row;
        family = isIpv4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
      }
    }
    replace(
        formats.of(family),
        peers(family).remove(stalest.endpoint(stalestRow), stalest.hash(stalestRow)));
  }

  /** A block of which each is as likely as it has peers. */
  private static PeerBlock randomBlock(Peers peers, SplittableRandom random) {
    int position = random.nextInt(peers.count());
    int block = 0;
    while (position >= peers.block(block).count()) {
      position -= peers.block(block).count();
      block++;
    }
    return peers.block(block);
  }
}
