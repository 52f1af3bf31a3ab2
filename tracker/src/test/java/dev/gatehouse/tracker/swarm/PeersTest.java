package dev.gatehouse.tracker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.tracker.hash.SipHash;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeersTest {

  private static final int USUAL_ROWS = 16;

  private final RowFormat format =
      new RowFormat(AddressFamily.IPV4, SipHash.forTables(1, 2), USUAL_ROWS);
  private final Effort effort = new Effort();
  private Peers peers = new PeerBlock(format);

  @Test
  void areOneBlockUntilTheyAreTooMany() {
    fill(0, 2 * USUAL_ROWS);
    assertThat(peers).isInstanceOf(PeerBlock.class);
    fill(2 * USUAL_ROWS, 1);
    assertThat(peers).isInstanceOf(SplitPeers.class);
    assertThat(peers.blocks()).isBetween(2, 3);
  }

  @Test
  void haveMoreBlocksAsTheyBecomeMoreAndEachIsInItsOwn() {
    for (int i = 0; i < 3_000; i++) {
      fill(i, 1);
      assertThat(peers.blocks()).isBetween(1, 2 + i / USUAL_ROWS);
    }
    assertThat(peers.count()).isEqualTo(3_000);
    assertThat(peers.blocks()).isGreaterThanOrEqualTo(3_000 / USUAL_ROWS);
    for (int i = 0; i < 3_000; i++) {
      assertThat(find(i)).as("peer %d", i).isGreaterThanOrEqualTo(0);
    }
  }

  @Test
  void noBlockIsMuchLargerThanItShouldBe() {
    fill(0, 3_000);
    for (int i = 0; i < peers.blocks(); i++) {
      assertThat(peers.block(i).count()).isLessThan(5 * USUAL_ROWS);
    }
  }

  @Test
  void areOneBlockAgainOnceTheyAreFew() {
    fill(0, 500);
    for (int i = 0; i < 495; i++) {
      peers = peers.remove(endpoint(i), hash(i));
      for (int left = 495; left < 500; left++) {
        assertThat(find(left)).isGreaterThanOrEqualTo(0);
      }
    }
    assertThat(peers).isInstanceOf(PeerBlock.class);
    assertThat(peers.count()).isEqualTo(5);
  }

  @Test
  void expireThoseWhoCameAtOrBeforeTheLimit() {
    for (int i = 0; i < 300; i++) {
      put(i, i % 2 == 0, i);
    }
    effort.allow(1_000_000);
    peers = peers.expire(99, effort);
    assertThat(peers.count()).isEqualTo(200);
    assertThat(peers.seeders()).isEqualTo(100);
    for (int i = 0; i < 300; i++) {
      assertThat(find(i) >= 0).as("peer %d", i).isEqualTo(i > 99);
    }
  }

  @Test
  void expireWithinTheEffortAndGoOnWhereItEnded() {
    fill(0, 3_000);
    int before = peers.count();
    int calls = 0;
    while (peers.count() > 0) {
      effort.allow(100);
      peers = peers.expire(1_000, effort);
      assertThat(before - peers.count()).isBetween(1, 50 + 5 * USUAL_ROWS);
      before = peers.count();
      calls++;
    }
    assertThat(calls).isBetween(20, 80);
  }

  @Test
  void aBlockWithNobodyToExpireIsNotLookedAt() {
    fill(0, 10);
    effort.allow(1);
    peers = peers.expire(-1, effort);
    assertThat(effort.isSpent()).isFalse();
    effort.allow(1);
    peers = peers.expire(0, effort);
    assertThat(effort.isSpent()).isTrue();
  }

  @Test
  void aPeerIsRefreshedWhereItIs() {
    put(1, true, 1);
    put(2, true, 1);
    put(1, true, 5);
    effort.allow(100);
    peers = peers.expire(1, effort);
    assertThat(peers.count()).isEqualTo(1);
    assertThat(peers.block(0).seen(find(1))).isEqualTo(5);
  }

  /** Two workers may look at the clock in one order and get the lock in the other. */
  @Test
  void aPeerThatSeemsToComeEarlierThanItDidExpiresEarlier() {
    put(1, true, 5);
    effort.allow(100);
    peers = peers.expire(4, effort);
    put(1, true, 4);
    peers = peers.expire(4, effort);
    assertThat(peers.count()).isZero();
  }

  @Test
  void aPeerHasOneRole() {
    for (int i = 0; i < 100; i++) {
      put(i, i % 2 == 0, 0);
      put(i, i % 3 == 0, 0);
    }
    assertThat(peers.count()).isEqualTo(100);
    assertThat(peers.seeders()).isEqualTo(34);
    for (int i = 0; i < 100; i++) {
      PeerBlock block = peers.blockOf(hash(i));
      assertThat(block.isSeeder(find(i))).isEqualTo(i % 3 == 0);
      assertThat(block.hasIdOf(find(i), announce(i))).isTrue();
    }
  }

  /** Peers come and go around sizes at which the index begins, grows, shrinks and ends. */
  @Test
  void areFoundThroughWhateverIndexThereIs() {
    Random random = new Random(4);
    boolean[] there = new boolean[40];
    for (int i = 0; i < 20_000; i++) {
      int peer = random.nextInt(1 + i / 100 % there.length);
      if (there[peer]) {
        peers = peers.remove(endpoint(peer), hash(peer));
      } else {
        put(peer, random.nextBoolean(), 0);
      }
      there[peer] = !there[peer];
      for (int each = 0; each < there.length; each++) {
        assertThat(find(each) >= 0).as("operation %d, peer %d", i, each).isEqualTo(there[each]);
      }
    }
  }

  private void fill(int from, int count) {
    for (int i = from; i < from + count; i++) {
      put(i, i % 2 == 0, 0);
    }
  }

  private void put(int number, boolean seeder, int now) {
    Announce announce = announce(number);
    peers = peers.put(announce.endpoint(0), hash(number), announce, seeder, now);
  }

  private int find(int number) {
    return peers.blockOf(hash(number)).find(endpoint(number), hash(number));
  }

  private long hash(int number) {
    return format.hash(endpoint(number), 0);
  }

  private static byte[] endpoint(int number) {
    return announce(number).endpoint(0);
  }

  private static Announce announce(int number) {
    return Announces.announce(
        Announces.torrent(1), Announces.id(number), Change.NOTHING, Announces.ipv4(number));
  }
}
