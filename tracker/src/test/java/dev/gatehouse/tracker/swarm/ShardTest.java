package dev.gatehouse.tracker.swarm;

import static dev.gatehouse.tracker.request.Announces.id;
import static dev.gatehouse.tracker.request.Announces.ipv4;
import static dev.gatehouse.tracker.request.Announces.torrent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.tracker.hash.SipHash;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.Selection;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShardTest {

  private static final SipHash HASH = SipHash.forTables(1, 2);
  private static final int LIMIT = -1;

  private final AtomicInteger peersOfAllShards = new AtomicInteger();
  private final Shard shard =
      new Shard(
          new Swarm.Formats(
              new RowFormat(AddressFamily.IPV4, HASH, 8),
              new RowFormat(AddressFamily.IPV6, HASH, 8)),
          new SwarmTable(HASH),
          new SnatchMemory(2),
          new Tally(peersOfAllShards, Integer.MAX_VALUE),
          0,
          new SplittableRandom(1));

  @Test
  void ofTheSwarmsThatNobodyIsInThoseUsedLastAreRemembered() {
    for (int torrent = 1; torrent <= 3; torrent++) {
      announce(torrent, Change.COMPLETE);
      announce(torrent, Change.STOP);
    }
    assertThat(snatches(1)).isZero();
    // looking at one is using it
    assertThat(snatches(2)).isEqualTo(1);
    announce(4, Change.COMPLETE);
    announce(4, Change.STOP);
    assertThat(snatches(2)).isEqualTo(1);
    assertThat(snatches(3)).isZero();
    assertThat(snatches(4)).isEqualTo(1);
  }

  @Test
  void aSwarmThatSomebodyIsInAgainIsNotForgotten() {
    announce(1, Change.COMPLETE);
    announce(1, Change.STOP);
    announce(1, Change.LEECH);
    for (int torrent = 2; torrent <= 9; torrent++) {
      announce(torrent, Change.COMPLETE);
      announce(torrent, Change.STOP);
    }
    assertThat(snatches(1)).isEqualTo(1);
    assertThat(shard.counts().leechers()).isEqualTo(1);
    assertThat(shard.counts().swarms()).isEqualTo(1);
    assertThat(announce(1, Change.LEECH).leechers()).isEqualTo(1);
  }

  @Test
  void allShardsShareTheNumberOfPeers() {
    peersOfAllShards.set(100);
    announce(1, Change.LEECH);
    announce(1, Change.SEED);
    assertThat(peersOfAllShards).hasValue(101);
    announce(1, Change.STOP);
    assertThat(peersOfAllShards).hasValue(100);
  }

  private Selection announce(int torrent, Change change) {
    Announce announce = Announces.announce(torrent(torrent), id(torrent), change, ipv4(torrent));
    Selection selection = new Selection();
    shard.announce(announce, hash(torrent), 0, LIMIT, selection);
    return selection;
  }

  private int snatches(int torrent) {
    Scrape scrape = new Scrape();
    scrape.add(torrent(torrent));
    shard.scrape(scrape, 0, hash(torrent), LIMIT);
    return scrape.snatches(0);
  }

  private static long hash(int torrent) {
    return HASH.hash(torrent(torrent).first(), torrent(torrent).second(), torrent(torrent).tail());
  }
}
