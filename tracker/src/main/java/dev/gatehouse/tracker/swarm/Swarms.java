package dev.gatehouse.tracker.swarm;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.tracker.hash.SipHash;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * All swarms, in shards that any thread may ask at any time.
 *
 * <p>A peer is known by its address and port; its id is no more than what it says of itself. Time
 * is in whole seconds from any beginning, and what is given never lies far behind what was.
 */
public final class Swarms {

  /** Torrents whose snatches are remembered although nobody is in their swarm. */
  private static final int MAX_REMEMBERED = 1_000_000;

  /**
   * Peers in each block of a large swarm, on average: few enough to move half of twice as many
   * within one hold, and enough that a window seldom needs two blocks.
   */
  private static final int USUAL_ROWS = 1024;

  /**
   * How much is kept, and for how long.
   *
   * @param shards how many locks there are
   * @param lifetimeSeconds how long a peer is known that does not come again
   * @param maxPeers of all swarms together
   * @param maxPeersPerSwarm 0 for no limit
   */
  public record Settings(int shards, int lifetimeSeconds, int maxPeers, int maxPeersPerSwarm) {}

  /**
   * A peer in a swarm.
   *
   * @param id who it says that it is
   * @param ageSeconds since it came last
   */
  public record Member(Endpoint endpoint, PeerId id, boolean seeder, int ageSeconds) {}

  private final SipHash sipHash;
  private final Shard[] shards;
  private volatile int lifetimeSeconds;

  /**
   * @param entropy where keys come from that nobody may guess; asked here alone
   */
  public Swarms(Settings settings, RandomGenerator entropy) {
    this(settings, entropy, USUAL_ROWS);
  }

  Swarms(Settings settings, RandomGenerator entropy, int usualRows) {
    sipHash = key(entropy);
    lifetimeSeconds = settings.lifetimeSeconds();
    Swarm.Formats formats =
        new Swarm.Formats(
            new RowFormat(AddressFamily.IPV4, key(entropy), usualRows),
            new RowFormat(AddressFamily.IPV6, key(entropy), usualRows));
    AtomicInteger peers = new AtomicInteger();
    shards = new Shard[settings.shards()];
    for (int i = 0; i < shards.length; i++) {
      shards[i] =
          new Shard(
              formats,
              new SwarmTable(sipHash),
              new SnatchMemory(Math.ceilDiv(MAX_REMEMBERED, shards.length)),
              new Tally(peers, settings.maxPeers()),
              settings.maxPeersPerSwarm(),
              new SplittableRandom(entropy.nextLong()));
    }
  }

  private static SipHash key(RandomGenerator entropy) {
    return SipHash.forTables(entropy.nextLong(), entropy.nextLong());
  }

  /** Selects for an announce and applies it, in one. */
  public void announce(Announce announce, int now, Selection into) {
    into.clear();
    long hash = hash(announce);
    shard(hash).announce(announce, hash, now, now - lifetimeSeconds, into);
  }

  /** Counts and selects for an announce, without applying it. */
  public void select(Announce announce, int now, Selection into) {
    into.clear();
    long hash = hash(announce);
    shard(hash).select(announce, hash, now - lifetimeSeconds, into);
  }

  /** Applies an announce. */
  public void apply(Announce announce, int now) {
    long hash = hash(announce);
    shard(hash).apply(announce, hash, now, now - lifetimeSeconds);
  }

  /** Counts for a scrape. */
  public void scrape(Scrape scrape, int now) {
    for (int i = 0; i < scrape.size(); i++) {
      long hash = sipHash.hash(scrape.first(i), scrape.second(i), scrape.tail(i));
      shard(hash).scrape(scrape, i, hash, now - lifetimeSeconds);
    }
  }

  /** Follows other settings, but for the number of shards; nobody is sent away for it. */
  public void follow(Settings next) {
    lifetimeSeconds = next.lifetimeSeconds();
    for (Shard shard : shards) {
      shard.limit(next.maxPeers(), next.maxPeersPerSwarm());
    }
  }

  /** Who is in the swarm of a torrent, of many only some. */
  public List<Member> members(InfoHash torrent, int most, int now) {
    long hash = hash(torrent);
    return shard(hash).members(torrent, hash, now, now - lifetimeSeconds, most);
  }

  /**
   * Forgets a torrent, and how often it was completed.
   *
   * @return how many peers were in its swarm
   */
  public int remove(InfoHash torrent) {
    long hash = hash(torrent);
    return shard(hash).remove(torrent, hash);
  }

  private long hash(InfoHash torrent) {
    return sipHash.hash(torrent.first(), torrent.second(), torrent.tail());
  }

  /** Begins a walk that takes out everybody whose time is over now. */
  public Collection collection(int now) {
    return new Collection(shards, now - lifetimeSeconds);
  }

  /** The counts of all shards, each at a moment of its own. */
  public SwarmCounts counts() {
    SwarmCounts sum = SwarmCounts.NONE;
    for (Shard shard : shards) {
      sum = sum.plus(shard.counts());
    }
    return sum;
  }

  private long hash(Announce announce) {
    return sipHash.hash(announce.first(), announce.second(), announce.tail());
  }

  /** By the upper bits, since the lower ones choose the chain in the shard's table. */
  private Shard shard(long hash) {
    return shards[(int) (((hash >>> Integer.SIZE) * shards.length) >>> Integer.SIZE)];
  }
}
