package dev.gatehouse.tracker.swarm;

import static dev.gatehouse.tracker.request.Announces.id;
import static dev.gatehouse.tracker.request.Announces.ipv4;
import static dev.gatehouse.tracker.request.Announces.ipv6;
import static dev.gatehouse.tracker.request.Announces.torrent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tracker.client.ClientCounts;
import dev.gatehouse.tracker.client.ClientSoftware;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CollectionTest {

  private static final int LIFETIME = 100;

  private final Swarms swarms =
      new Swarms(new Swarms.Settings(3, LIFETIME, Integer.MAX_VALUE, 0), new Random(8), 16);

  @Test
  void takesOutExactlyThoseWhoseTimeIsOver() {
    for (int torrent = 0; torrent < 20; torrent++) {
      for (int peer = 0; peer < 50; peer++) {
        put(torrent, peer, peer % 2 == 0 ? 10 : 11);
      }
    }
    Collection early = collect(10 + LIFETIME - 1);
    assertThat(early.removedPeers()).isZero();
    Collection half = collect(10 + LIFETIME);
    assertThat(half.removedPeers()).isEqualTo(500);
    assertThat(half.removedSwarms()).isZero();
    assertThat(swarms.counts().peers()).isEqualTo(500);
    Collection rest = collect(11 + LIFETIME);
    assertThat(rest.removedPeers()).isEqualTo(500);
    assertThat(rest.removedSwarms()).isEqualTo(20);
    assertThat(swarms.counts().swarms()).isZero();
    assertThat(collect(11 + LIFETIME).removedPeers()).isZero();
  }

  @Test
  void countsWhatSoftwareTheyAreWhoStay() {
    for (int peer = 0; peer < 30; peer++) {
      put(peer % 3, peer, peer < 10 ? 0 : 50);
    }
    ClientCounts counts = collect(LIFETIME).clients();
    assertThat(counts.of(ClientSoftware.TRANSMISSION)).isEqualTo(20);
    assertThat(counts.versions())
        .containsExactly(new ClientCounts.Version(ClientSoftware.TRANSMISSION, "3000", 20));
  }

  /** Blocks of 16 make it a split one; of very many blocks some stand for the others. */
  @Test
  void ofAVeryLargeSwarmAPartStandsForAll() {
    for (int peer = 0; peer < 200; peer++) {
      put(1, peer, 0);
    }
    assertThat(collect(1).clients().of(ClientSoftware.TRANSMISSION)).isEqualTo(200);
    for (int peer = 200; peer < 8_000; peer++) {
      put(1, peer, 0);
    }
    assertThat(collect(1).clients().of(ClientSoftware.TRANSMISSION)).isBetween(6_000L, 10_000L);
  }

  @Test
  void takesManyStepsForManyPeers() {
    for (int peer = 0; peer < 30_000; peer++) {
      put(peer % 2, peer, 0);
    }
    Collection collection = swarms.collection(LIFETIME);
    int steps = 0;
    long before = 0;
    while (collection.step()) {
      assertThat(collection.removedPeers() - before).isLessThan(2_000);
      before = collection.removedPeers();
      steps++;
    }
    assertThat(collection.removedPeers()).isEqualTo(30_000);
    assertThat(steps).isBetween(20, 100);
  }

  /** Others add, move and remove peers and swarms between two steps: tables grow, blocks split. */
  @Test
  void missesNobodyWhateverHappensBetweenSteps() {
    Random random = new Random(2);
    for (int round = 0; round < 20; round++) {
      int now = round * 2 * LIFETIME;
      for (int i = 0; i < 10_000; i++) {
        put(random.nextInt(2_000) * random.nextInt(2), i, now);
      }
      Collection collection = swarms.collection(now + LIFETIME);
      while (collection.step()) {
        for (int i = 0; i < 500; i++) {
          int torrent = random.nextInt(4_000) * random.nextInt(2);
          Change change = random.nextBoolean() ? Change.STOP : Change.SEED;
          swarms.apply(
              Announces.announce(torrent(torrent), id(i), change, ipv4(20_000 + i)),
              now + LIFETIME);
        }
      }
      assertThat(olderThan(now + 1)).as("round %d", round).isZero();
    }
  }

  @Test
  void countsSwarmsByTheirSize() {
    int torrent = 0;
    for (int size : new int[] {1, 1, 2, 4, 5, 16, 17, 64, 65, 256, 257, 1024, 1025}) {
      for (int peer = 0; peer < size; peer++) {
        put(torrent, peer, 0);
      }
      torrent++;
    }
    assertThat(collect(0).swarmsBySize()).containsExactly(2, 2, 2, 2, 2, 2, 1);
  }

  @Test
  void aWalkThatIsAtItsEndStaysThere() {
    Collection collection = collect(0);
    assertThat(collection.step()).isFalse();
    assertThat(collection.step()).isFalse();
  }

  /** Who is left that came before a time, counted by taking them out. */
  private long olderThan(int time) {
    return collect(time - 1 + LIFETIME).removedPeers();
  }

  private Collection collect(int now) {
    Collection collection = swarms.collection(now);
    while (collection.step()) {
      // to the end
    }
    return collection;
  }

  private void put(int torrent, int peer, int now) {
    swarms.apply(
        Announces.announce(
            torrent(torrent), id(peer), Change.LEECH, peer % 5 == 0 ? ipv6(peer) : ipv4(peer)),
        now);
  }
}
