package dev.gatehouse.tracker.swarm;

import static dev.gatehouse.tracker.request.Announces.endpoint;
import static dev.gatehouse.tracker.request.Announces.id;
import static dev.gatehouse.tracker.request.Announces.ipv4;
import static dev.gatehouse.tracker.request.Announces.ipv6;
import static dev.gatehouse.tracker.request.Announces.torrent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SwarmsTest {

  private static final int LIFETIME = 1860;

  private Swarms swarms = swarms(Integer.MAX_VALUE, 0);

  @Test
  void aRestartedClientTakesThePlaceOfWhoeverWasThere() {
    announce(1, 1, Change.LEECH, 0, ipv4(1));
    announce(1, 2, Change.LEECH, 0, ipv4(1));
    assertCounts(1, 0, 1, 0);
    Selection selection = announce(1, 3, Change.NOTHING, 0, ipv4(3));
    assertThat(Announces.endpoints(selection)).containsExactly(ipv4(1));
  }

  @Test
  void aNeighbourBehindTheSameAddressCannotSendAnybodyAway() {
    announce(1, 1, Change.SEED, 0, ipv4(1));
    announce(1, 2, Change.STOP, 0, ipv4(1));
    assertCounts(1, 1, 0, 0);
    announce(1, 1, Change.STOP, 0, ipv4(1));
    assertCounts(1, 0, 0, 0);
  }

  @Test
  void aSnatchIsCountedOnceForEachCompletion() {
    announce(1, 1, Change.LEECH, 0, ipv4(1));
    announce(1, 1, Change.COMPLETE, 0, ipv4(1));
    announce(1, 1, Change.COMPLETE, 0, ipv4(1));
    announce(1, 1, Change.SEED, 0, ipv4(1));
    assertCounts(1, 1, 0, 1);
    announce(1, 1, Change.LEECH, 0, ipv4(1));
    announce(1, 1, Change.COMPLETE, 0, ipv4(1));
    assertCounts(1, 1, 0, 2);
  }

  @Test
  void aPeerWithTwoAddressesMakesOneSnatch() {
    announce(1, 1, Change.COMPLETE, 0, ipv4(1), ipv6(1));
    assertCounts(1, 2, 0, 1);
    assertThat(swarms.counts().snatches()).isEqualTo(1);
  }

  @Test
  void snatchesOutliveTheSwarm() {
    announce(1, 1, Change.COMPLETE, 0, ipv4(1));
    announce(1, 1, Change.STOP, 0, ipv4(1));
    assertCounts(1, 0, 0, 1);
    assertThat(swarms.counts().swarms()).isZero();
    announce(1, 2, Change.COMPLETE, 0, ipv4(2));
    collect(LIFETIME);
    collect(2 * LIFETIME);
    assertCounts(1, 0, 0, 2);
    announce(1, 3, Change.LEECH, 2 * LIFETIME, ipv4(3));
    assertThat(swarms.counts().swarms()).isEqualTo(1);
    assertThat(scrape(1, 2 * LIFETIME).snatches(0)).isEqualTo(2);
  }

  @Test
  void aSwarmOfBothFamiliesIsOne() {
    announce(1, 1, Change.SEED, 0, ipv4(1));
    announce(1, 2, Change.LEECH, 0, ipv6(2));
    SwarmCounts counts = swarms.counts();
    assertThat(counts.swarms()).isEqualTo(1);
    assertThat(counts.ipv4Peers()).isEqualTo(1);
    assertThat(counts.ipv6Peers()).isEqualTo(1);
    assertCounts(1, 1, 1, 0);
  }

  @Test
  void aPeerLeavesTheVerySecondItsTimeIsOver() {
    announce(1, 1, Change.SEED, 5, ipv4(1));
    assertThat(scrape(1, 5 + LIFETIME - 1).seeders(0)).isEqualTo(1);
    Selection before = announce(1, 2, Change.NOTHING, 5 + LIFETIME - 1, ipv4(2));
    assertThat(Announces.endpoints(before)).containsExactly(ipv4(1));
    Selection after = announce(1, 2, Change.NOTHING, 5 + LIFETIME, ipv4(2));
    assertThat(Announces.endpoints(after)).isEmpty();
    assertThat(after.isAlone()).isTrue();
    assertThat(scrape(1, 5 + LIFETIME).seeders(0)).isZero();
  }

  @Test
  void longHashesAreKnownByTheirFirstBytes() {
    InfoHash v2 = InfoHash.parse(Bytes.utf8("0123456789abcdefghijKLMNOPQRSTUV")).orElseThrow();
    Announce announce = Announces.announce(v2, id(1), Change.SEED, ipv4(1));
    swarms.apply(announce, 0);
    Scrape scrape = new Scrape();
    scrape.add(v2.truncated());
    scrape.add(v2);
    swarms.scrape(scrape, 0);
    assertThat(scrape.seeders(0)).isEqualTo(1);
    assertThat(scrape.seeders(1)).isEqualTo(1);
    assertThat(swarms.counts().swarms()).isEqualTo(1);
  }

  @Test
  void onceThereAreTooManyNewOnesAreAnsweredButNotKept() {
    swarms = swarms(2, 0);
    announce(1, 1, Change.SEED, 0, ipv4(1));
    announce(2, 2, Change.SEED, 0, ipv4(2));
    Selection selection = announce(1, 3, Change.LEECH, 0, ipv4(3));
    assertThat(Announces.endpoints(selection)).containsExactly(ipv4(1));
    assertCounts(1, 1, 0, 0);
    assertThat(swarms.counts().refused()).isEqualTo(1);
    announce(1, 1, Change.LEECH, 0, ipv4(1));
    assertCounts(1, 0, 1, 0);
    announce(2, 2, Change.STOP, 0, ipv4(2));
    announce(1, 3, Change.LEECH, 0, ipv4(3));
    assertCounts(1, 0, 2, 0);
  }

  @Test
  void inASwarmThatIsFullOneThatHasNotComeForLongMakesRoom() {
    swarms = swarms(Integer.MAX_VALUE, 3);
    for (int i = 0; i < 3; i++) {
      announce(1, i, Change.LEECH, i, i == 1 ? ipv6(i) : ipv4(i));
    }
    for (int i = 3; i < 50; i++) {
      announce(1, i, Change.LEECH, i, ipv4(i));
      assertThat(scrape(1, i).leechers(0)).isEqualTo(3);
    }
    assertThat(swarms.counts().evicted()).isEqualTo(47);
    assertThat(swarms.counts().peers()).isEqualTo(3);
    announce(1, 49, Change.SEED, 50, ipv4(49));
    assertThat(swarms.counts().evicted()).isEqualTo(47);
  }

  @Test
  void whatIsNotThereChangesNothing() {
    announce(1, 1, Change.STOP, 0, ipv4(1));
    announce(2, 1, Change.NOTHING, 0, ipv4(1));
    assertThat(swarms.counts().swarms()).isZero();
    assertCounts(1, 0, 0, 0);
    assertThat(swarms.counts().peers()).isZero();
  }

  /** The seeders of a swarm, its leechers and so on, as one client after another reports. */
  @Test
  void countsAsClientsComeCompleteAndGo() {
    PeerId one = id("01234567890123456789");
    PeerId two = id("12345678901234567890");
    PeerId three = id("23456789012345678901");
    assertAfter(one, "10.0.0.1:6881", Change.LEECH, 0, 1);
    assertAfter(one, "10.0.0.1:6881", Change.COMPLETE, 1, 0);
    assertAfter(two, "10.0.0.2:6881", Change.LEECH, 1, 1);
    assertAfter(three, "10.0.0.3:6881", Change.LEECH, 1, 2);
    assertAfter(two, "10.0.0.2:6881", Change.STOP, 1, 1);
    assertAfter(three, "10.0.0.3:6881", Change.STOP, 1, 0);
  }

  /** Twenty peers, of which each third is a seeder; each is told of those before it. */
  @Test
  void everyoneIsToldOfAsManyAsThereAre() {
    int seeders = 0;
    int leechers = 0;
    for (int i = 0; i < 20; i++) {
      boolean seeder = i % 3 == 0;
      Announce announce =
          Announces.announce(torrent(1), id(i), seeder ? Change.SEED : Change.LEECH, ipv4(i));
      announce.asks(announce.change(), seeder, 10);
      Selection selection = new Selection();
      swarms.announce(announce, 0, selection);
      assertThat(Announces.endpoints(selection))
          .hasSize(Math.min(10, seeder ? leechers : seeders + leechers))
          .doesNotContain(ipv4(i));
      seeders += seeder ? 1 : 0;
      leechers += seeder ? 0 : 1;
    }
  }

  private void assertAfter(PeerId id, String peer, Change change, int seeders, int leechers) {
    Announce announce = Announces.announce(torrent(1), id, change, endpoint(peer));
    Selection selection = new Selection();
    swarms.announce(announce, 0, selection);
    assertThat(selection.seedersAfter(announce)).isEqualTo(seeders);
    assertThat(selection.leechersAfter(announce)).isEqualTo(leechers);
    assertThat(scrape(1, 0).seeders(0)).isEqualTo(seeders);
    assertThat(scrape(1, 0).leechers(0)).isEqualTo(leechers);
  }

  private Selection announce(int torrent, int id, Change change, int now, Endpoint... peers) {
    Announce announce = Announces.announce(torrent(torrent), id(id), change, peers);
    announce.asks(change, false, 50);
    Selection selection = new Selection();
    swarms.announce(announce, now, selection);
    return selection;
  }

  private void assertCounts(int torrent, int seeders, int leechers, int snatches) {
    Scrape scrape = scrape(torrent, 0);
    assertThat(scrape.seeders(0)).isEqualTo(seeders);
    assertThat(scrape.leechers(0)).isEqualTo(leechers);
    assertThat(scrape.snatches(0)).isEqualTo(snatches);
  }

  @Test
  void otherLimitsHoldFromThenOn() {
    announce(1, 1, Change.LEECH, 0, ipv4(1));
    announce(1, 2, Change.LEECH, 0, ipv4(2));
    swarms.follow(new Swarms.Settings(4, 100, 2, 0));
    announce(1, 3, Change.LEECH, 0, ipv4(3));
    assertCounts(1, 0, 2, 0);
    swarms.follow(new Swarms.Settings(4, 100, Integer.MAX_VALUE, 1));
    announce(2, 4, Change.LEECH, 0, ipv4(4));
    announce(2, 5, Change.LEECH, 0, ipv4(5));
    assertCounts(2, 0, 1, 0);
    assertThat(scrape(1, 99).leechers(0)).isEqualTo(2);
    assertThat(scrape(1, 100).leechers(0)).isZero();
  }

  private Scrape scrape(int torrent, int now) {
    Scrape scrape = new Scrape();
    scrape.add(torrent(torrent));
    swarms.scrape(scrape, now);
    return scrape;
  }

  private void collect(int now) {
    Collection collection = swarms.collection(now);
    while (collection.step()) {
      // to the end
    }
  }

  private static Swarms swarms(int maxPeers, int maxPeersPerSwarm) {
    return new Swarms(new Swarms.Settings(4, LIFETIME, maxPeers, maxPeersPerSwarm), new Random(3));
  }
}
