package dev.gatehouse.tracker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.tracker.swarm.PlainSwarms.Asking;
import dev.gatehouse.wire.tracker.InfoHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is done in whatever order, the swarms are those of the plain store. */
class SwarmsModelTest {

  private static final List<Change> CHANGES = List.of(Change.values());
  private static final int LIFETIME = 30;
  private static final int OPERATIONS = 20_000;

  private Random random = new Random(0);
  private PlainSwarms plain = new PlainSwarms(LIFETIME);
  private Swarms swarms = swarms(1, 1);
  private Collection collection = swarms.collection(0);
  private int torrents;
  private int endpoints;
  private int now;
  private String at = "";

  /** Many peers in few torrents make blocks split and join; many torrents make chains long. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, 60, 4",
    "2, 3, 5, 120, 8",
    "3, 1, 40, 20, 4",
    "4, 2, 1, 600, 8",
    "5, 4, 300, 4, 1024",
    "6, 1, 3, 80, 1024",
    "7, 2, 2, 300, 1",
  })
  void areThoseOfThePlainStore(
      long seed, int shards, int torrentCount, int endpointCount, int usualRows) {
    random = new Random(seed);
    plain = new PlainSwarms(LIFETIME);
    swarms = swarms(shards, usualRows);
    torrents = torrentCount;
    endpoints = endpointCount;
    collection = swarms.collection(0);
    now = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      at = "seed " + seed + ", operation " + i;
      if (random.nextInt(1 + OPERATIONS / 400) == 0) {
        // now and then long enough for everybody
        now += random.nextInt(10) == 0 ? LIFETIME + random.nextInt(3) : random.nextInt(4);
        plain.expire(now);
      }
      operation();
    }
    collectAll();
    assertSameTotals();
  }

  private void operation() {
    switch (random.nextInt(8)) {
      case 0 -> scrape();
      case 1 -> collectSome();
      case 2 -> selectAndApply(asking());
      default -> announce(asking());
    }
  }

  private void announce(Asking asking) {
    Announce announce = announceOf(asking);
    Selection selection = new Selection();
    swarms.announce(announce, now, selection);
    assertSelected(asking, announce, selection);
    plain.apply(asking, now);
    assertCountsAfter(asking, announce, selection);
  }

  private void selectAndApply(Asking asking) {
    Announce announce = announceOf(asking);
    Selection selection = new Selection();
    swarms.select(announce, now, selection);
    assertSelected(asking, announce, selection);
    swarms.apply(announce, now);
    plain.apply(asking, now);
    assertCountsAfter(asking, announce, selection);
  }

  private void assertCountsAfter(Asking asking, Announce announce, Selection selection) {
    assertThat(selection.seedersAfter(announce))
        .as(at)
        .isEqualTo(plain.count(asking.torrent(), true));
    assertThat(selection.leechersAfter(announce))
        .as(at)
        .isEqualTo(plain.count(asking.torrent(), false));
  }

  private void assertSelected(Asking asking, Announce announce, Selection selection) {
    assertThat(selection.seeders()).as(at).isEqualTo(plain.count(asking.torrent(), true));
    assertThat(selection.leechers()).as(at).isEqualTo(plain.count(asking.torrent(), false));
    assertThat(selection.ownSeeders()).as(at).isEqualTo(plain.own(asking, true));
    assertThat(selection.ownLeechers()).as(at).isEqualTo(plain.own(asking, false));
    AddressFamily primary = announce.primaryFamily();
    int left =
        announce.numWant()
            - assertSelected(asking, announce, selection, primary, announce.numWant());
    AddressFamily other = primary == AddressFamily.IPV4 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    assertSelected(asking, announce, selection, other, announce.isPrimaryFamilyOnly() ? 0 : left);
  }

  private int assertSelected(
      Asking asking, Announce announce, Selection selection, AddressFamily family, int wanted) {
    int seeders = announce.isSeeder() ? 0 : Math.min(wanted, plain.eligible(asking, family, true));
    int leechers = Math.min(wanted - seeders, plain.eligible(asking, family, false));
    List<Endpoint> selected = Announces.endpoints(selection.peers(family));
    assertThat(selected).as(at).hasSize(seeders + leechers).doesNotHaveDuplicates();
    Map<Endpoint, PlainSwarms.Peer> peers = plain.peers(asking.torrent());
    for (int i = 0; i < selected.size(); i++) {
      assertThat(asking.endpoints()).as(at).doesNotContain(selected.get(i));
      PlainSwarms.Peer peer = Objects.requireNonNull(peers.get(selected.get(i)), at);
      assertThat(peer.seeder()).as(at).isEqualTo(i < seeders);
      assertThat(peer.id()).as(at).isNotEqualTo(asking.id());
    }
    return selected.size();
  }

  private void scrape() {
    Scrape scrape = new Scrape();
    List<InfoHash> asked =
        IntStream.range(0, 3).mapToObj(_ -> Announces.torrent(random.nextInt(torrents))).toList();
    asked.forEach(scrape::add);
    swarms.scrape(scrape, now);
    for (int i = 0; i < asked.size(); i++) {
      assertThat(scrape.seeders(i)).as(at).isEqualTo(plain.count(asked.get(i), true));
      assertThat(scrape.leechers(i)).as(at).isEqualTo(plain.count(asked.get(i), false));
      assertThat(scrape.snatches(i)).as(at).isEqualTo(plain.snatches(asked.get(i)));
    }
  }

  /** A step of a walk that others get into. */
  private void collectSome() {
    if (!collection.step()) {
      collection = swarms.collection(now);
    }
  }

  private void collectAll() {
    collection = swarms.collection(now);
    while (collection.step()) {
      // to the end
    }
  }

  private void assertSameTotals() {
    int seeders = 0;
    int leechers = 0;
    int snatches = 0;
    for (int i = 0; i < torrents; i++) {
      seeders += plain.count(Announces.torrent(i), true);
      leechers += plain.count(Announces.torrent(i), false);
      snatches += plain.snatches(Announces.torrent(i));
    }
    SwarmCounts counts = swarms.counts();
    assertThat(counts.swarms()).isEqualTo(plain.swarms());
    assertThat(counts.seeders()).isEqualTo(seeders);
    assertThat(counts.leechers()).isEqualTo(leechers);
    assertThat(counts.peers()).isEqualTo(seeders + leechers);
    assertThat(counts.snatches()).isEqualTo(snatches);
  }

  private Announce announceOf(Asking asking) {
    Announce announce =
        Announces.announce(
            asking.torrent(),
            asking.id(),
            asking.change(),
            asking.endpoints().toArray(Endpoint[]::new));
    int numWant = random.nextInt(4) == 0 ? random.nextInt(2 * endpoints) : random.nextInt(8);
    announce.asks(asking.change(), random.nextInt(3) == 0, numWant);
    if (random.nextInt(3) == 0) {
      announce.wantsOnly(announce.primaryFamily());
    }
    return announce;
  }

  private Asking asking() {
    List<Endpoint> own = new ArrayList<>();
    int number = random.nextInt(endpoints);
    if (random.nextBoolean()) {
      own.add(Announces.ipv4(number));
    }
    if (own.isEmpty() || random.nextInt(4) == 0) {
      own.add(random.nextInt(own.size() + 1), Announces.ipv6(number));
    }
    // one id each as a rule, and at times that of another
    int id = random.nextInt(10) == 0 ? random.nextInt(endpoints) : number;
    Change change = CHANGES.get(random.nextInt(CHANGES.size()));
    return new Asking(Announces.torrent(random.nextInt(torrents)), Announces.id(id), own, change);
  }

  private static Swarms swarms(int shards, int usualRows) {
    return new Swarms(
        new Swarms.Settings(shards, LIFETIME, Integer.MAX_VALUE, 0), new Random(9), usualRows);
  }
}
