package dev.gatehouse.tracker.swarm;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.wire.tracker.InfoHash;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A part of all swarms behind one lock, which is this object's own.
 *
 * <p>It is the one lock in the tracker, since any worker may need any swarm. Whoever holds it does
 * a bounded amount: an announce looks up, counts, selects and changes within one hold, and expiry
 * goes on only while there is {@link Effort} left. Before a swarm is looked at, those are taken out
 * whose time is over, so that nobody is counted or handed out a second too long.
 *
 * <p>A swarm is in the table while somebody is in it, and afterwards as long as its snatches are
 * remembered.
 */
final class Shard {

  /** No chain is left. */
  static final int DONE = -1;

  /** What is spent on expiry before a swarm is looked at; as a rule it is far too much. */
  private static final int ACCESS_EFFORT = 2_000;

  /** What is spent in one hold by whoever only collects. */
  private static final int COLLECTION_EFFORT = 3_000;

  private final Swarm.Formats formats;
  private final SwarmTable table;
  private final SnatchMemory memory;
  private final Tally tally;
  private int maxPeersPerSwarm;
  private final SplittableRandom random;
  private final Selector selector;
  private final Effort effort = new Effort();
  private final Swarm.Asker asker = new Swarm.Asker();

  /** Whether the swarm that is open is not in the table. */
  private boolean isNew;

  /**
   * @param maxPeersPerSwarm 0 for no limit
   */
  Shard(
      Swarm.Formats formats,
      SwarmTable table,
      SnatchMemory memory,
      Tally tally,
      int maxPeersPerSwarm,
      SplittableRandom random) {
    this.formats = formats;
    this.table = table;
    this.memory = memory;
    this.tally = tally;
    this.maxPeersPerSwarm = maxPeersPerSwarm;
    this.random = random;
    this.selector = new Selector(random);
  }

  synchronized void announce(Announce announce, long hash, int now, int limit, Selection into) {
    Swarm swarm = findOrMake(announce, hash);
    open(swarm, limit);
    tell(swarm, announce, limit, into);
    change(swarm, announce, now);
    close(swarm, hash);
  }

  synchronized void select(Announce announce, long hash, int limit, Selection into) {
    Swarm swarm = table.find(hash, announce.first(), announce.second(), announce.tail());
    if (swarm != null) {
      isNew = false;
      open(swarm, limit);
      tell(swarm, announce, limit, into);
      close(swarm, hash);
    }
  }

  synchronized void apply(Announce announce, long hash, int now, int limit) {
    Swarm swarm = findOrMake(announce, hash);
    open(swarm, limit);
    swarm.find(announce, limit, formats, asker);
    change(swarm, announce, now);
    close(swarm, hash);
  }

  synchronized void scrape(Scrape scrape, int position, long hash, int limit) {
    Swarm swarm =
        table.find(hash, scrape.first(position), scrape.second(position), scrape.tail(position));
    if (swarm != null) {
      isNew = false;
      open(swarm, limit);
      scrape.counted(position, swarm.seeders(), swarm.leechers(), swarm.snatches());
      close(swarm, hash);
    }
  }

  /** Sets other limits; who is there stays. */
  synchronized void limit(int maxPeers, int mostPerSwarm) {
    tally.maxPeers(maxPeers);
    maxPeersPerSwarm = mostPerSwarm;
  }

  /**
   * Who is in a swarm.
   *
   * @param most so many are told at most, which bounds the time for which the lock is held
   */
  synchronized List<Swarms.Member> members(
      InfoHash torrent, long hash, int now, int limit, int most) {
    Swarm swarm = table.find(hash, torrent.first(), torrent.second(), torrent.tail());
    List<Swarms.Member> members = new ArrayList<>();
    if (swarm != null) {
      isNew = false;
      open(swarm, limit);
      for (AddressFamily family : AddressFamily.values()) {
        tell(swarm.peers(family), family, now, most, members);
      }
      close(swarm, hash);
    }
    return members;
  }

  private static void tell(
      Peers peers, AddressFamily family, int now, int most, List<Swarms.Member> into) {
    for (int i = 0; i < peers.blocks(); i++) {
      PeerBlock block = peers.block(i);
      for (int row = 0; row < block.count() && into.size() < most; row++) {
        into.add(
            new Swarms.Member(
                RowFormat.endpoint(family, block.endpoint(row)),
                block.id(row),
                block.isSeeder(row),
                now - block.seen(row)));
      }
    }
  }

  /**
   * Forgets a torrent.
   *
   * @return how many peers were in its swarm
   */
  synchronized int remove(InfoHash torrent, long hash) {
    Swarm swarm = table.find(hash, torrent.first(), torrent.second(), torrent.tail());
    if (swarm == null) {
      return 0;
    }
    int gone = swarm.count();
    tally.leave(swarm);
    swarm.clear(formats);
    tally.enter(swarm);
    if (memory.holds(swarm)) {
      memory.forget(swarm);
    }
    table.remove(swarm);
    return gone;
  }

  synchronized SwarmCounts counts() {
    return tally.counts();
  }

  private Swarm findOrMake(Announce announce, long hash) {
    Swarm known = table.find(hash, announce.first(), announce.second(), announce.tail());
    isNew = known == null;
    return known == null
        ? new Swarm(announce.first(), announce.second(), announce.tail(), formats)
        : known;
  }

  private void tell(Swarm swarm, Announce announce, int limit, Selection into) {
    swarm.find(announce, limit, formats, asker);
    swarm.count(asker, into);
    selector.select(swarm, asker, into);
  }

  /** Begins to look at a swarm or to change it: nobody is in it then whose time is over. */
  private void open(Swarm swarm, int limit) {
    tally.leave(swarm);
    effort.allow(ACCESS_EFFORT);
    swarm.expire(formats, limit, effort);
  }

  /** Ends what {@link #open} began and puts the swarm where it belongs now. */
  private void close(Swarm swarm, long hash) {
    tally.enter(swarm);
    boolean isKept = swarm.count() > 0 || swarm.snatches() > 0;
    if (isNew && isKept) {
      table.add(swarm, hash);
    } else if (!isNew && !isKept) {
      table.remove(swarm);
    }
    if (swarm.count() > 0 && memory.holds(swarm)) {
      memory.forget(swarm);
    } else if (swarm.count() == 0 && isKept) {
      remember(swarm);
    }
  }

  private void remember(Swarm swarm) {
    Swarm gone = memory.use(swarm);
    if (gone != null) {
      table.remove(gone);
    }
  }

  private void change(Swarm swarm, Announce announce, int now) {
    switch (announce.change()) {
      case LEECH -> put(swarm, announce, false, now);
      case SEED -> put(swarm, announce, true, now);
      case COMPLETE -> complete(swarm, announce, now);
      case STOP -> remove(swarm, announce);
      case NOTHING -> {}
    }
  }

  private void complete(Swarm swarm, Announce announce, int now) {
    // once for the peer, whatever the number of its addresses
    if (!asker.isSeeder()) {
      swarm.snatched();
      tally.snatched();
    }
    put(swarm, announce, true, now);
  }

  private void put(Swarm swarm, Announce announce, boolean seeder, int now) {
    for (int i = 0; i < announce.addresses(); i++) {
      RowFormat format = formats.of(announce.family(i));
      if (swarm.holds(announce, i, format) || makeRoom(swarm)) {
        swarm.put(announce, i, format, seeder, now);
      }
    }
  }

  private boolean makeRoom(Swarm swarm) {
    if (maxPeersPerSwarm > 0 && swarm.count() >= maxPeersPerSwarm) {
      swarm.evict(formats, random);
      tally.evicted();
      return true;
    }
    if (!tally.hasRoom()) {
      tally.refused();
      return false;
    }
    return true;
  }

  private void remove(Swarm swarm, Announce announce) {
    for (int i = 0; i < announce.addresses(); i++) {
      swarm.remove(announce, i, formats.of(announce.family(i)));
    }
  }

  /**
   * Takes out everybody whose time is over, chain by chain, as far as one hold may go.
   *
   * @param from the first chain to look at
   * @return the first chain that is left, or {@link #DONE}
   */
  synchronized int collect(int from, int limit, Collection into) {
    int peers = tally.peers();
    int swarms = tally.swarms();
    effort.allow(COLLECTION_EFFORT);
    int chain = from;
    while (chain < table.chains() && collectChain(chain, limit)) {
      report(chain, into);
      chain++;
    }
    into.removed(peers - tally.peers(), swarms - tally.swarms());
    return chain == table.chains() ? DONE : chain;
  }

  /** Whether the chain is done; if not, what has been done is not done again. */
  private boolean collectChain(int chain, int limit) {
    for (Swarm swarm = table.chain(chain); swarm != null; swarm = swarm.next) {
      effort.spend(Effort.VISIT);
      if (swarm.count() > 0) {
        isNew = false;
        tally.leave(swarm);
        swarm.expire(formats, limit, effort);
        close(swarm, 0);
      }
    }
    return !effort.isSpent();
  }

  private void report(int chain, Collection into) {
    for (Swarm swarm = table.chain(chain); swarm != null; swarm = swarm.next) {
      if (swarm.count() > 0) {
        into.met(swarm);
        effort.spend(swarm.count() / Effort.COUNTED_PER_STEP);
      }
    }
  }
}
