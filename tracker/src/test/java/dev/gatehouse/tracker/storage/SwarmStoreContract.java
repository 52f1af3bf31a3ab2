package dev.gatehouse.tracker.storage;

import static dev.gatehouse.tracker.request.Announces.endpoint;
import static dev.gatehouse.tracker.request.Announces.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.tracker.swarm.Swarms;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of swarms does, wherever it keeps them. */
abstract class SwarmStoreContract {

  static final Duration LIFETIME = Duration.ofMinutes(31);

  private static final InfoHash V1 = hash("abcdefghij0123456789");
  private static final InfoHash V2 = hash("0123456789abcdefghijKLMNOPQRSTUV");
  private static final Endpoint PEER = endpoint("1.1.1.1:1");
  private static final Endpoint PEER6 = endpoint("[abab::1]:2");
  private static final Endpoint KEEPER = endpoint("99.99.99.99:9994");
  private static final Endpoint KEEPER6 = endpoint("[fc00::1]:9996");

  protected final ManualTicker ticker = new ManualTicker();
  private SwarmStore store;

  /** A store without anybody in it, where peers live for {@link #LIFETIME}. */
  protected abstract SwarmStore open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void nobodyIsInASwarmThatNobodyKnows() throws Exception {
    assertThat(stop(V1, 1, PEER).isAlone()).isTrue();
    assertThat(look(V1, PEER, true)).isEmpty();
    assertThat(look(V2, PEER6, false)).isEmpty();
    assertCounts(V1, 0, 0, 0);
    assertCounts(V2, 0, 0, 0);
  }

  @Test
  void aLeecherIsSeenByAllUntilItLeaves() throws Exception {
    for (boolean v2 : new boolean[] {false, true}) {
      InfoHash torrent = v2 ? V2 : V1;
      Endpoint peer = v2 ? PEER6 : PEER;
      Endpoint keeper = v2 ? KEEPER6 : KEEPER;
      announce(torrent, 9, Change.LEECH, keeper);
      announce(torrent, 1, Change.LEECH, peer);
      assertThat(look(torrent, keeper, true)).containsExactly(peer);
      assertThat(look(torrent, keeper, false)).containsExactly(peer);
      assertCounts(torrent, 0, 2, 0);
      stop(torrent, 1, peer);
      assertThat(look(torrent, keeper, false)).isEmpty();
      assertCounts(torrent, 0, 1, 0);
      stop(torrent, 9, keeper);
      stop(torrent, 9, keeper);
      assertCounts(torrent, 0, 0, 0);
    }
  }

  @Test
  void everybodyInASwarmIsKnownWithRoleAndAge() throws Exception {
    announce(V1, 9, Change.SEED, KEEPER6);
    ticker.advance(Duration.ofSeconds(30));
    announce(V1, 1, Change.LEECH, PEER);
    List<Swarms.Member> members = store.members(V1, 10).toCompletableFuture().get();
    assertThat(members)
        .extracting(Swarms.Member::endpoint, Swarms.Member::seeder, Swarms.Member::ageSeconds)
        .containsExactlyInAnyOrder(tuple(PEER, false, 0), tuple(KEEPER6, true, 30));
    assertThat(members).extracting(Swarms.Member::id).doesNotHaveDuplicates();
    assertThat(store.members(V1, 1).toCompletableFuture().get()).hasSize(1);
    assertThat(store.members(V2, 10).toCompletableFuture().get()).isEmpty();
    ticker.advance(LIFETIME);
    assertThat(store.members(V1, 10).toCompletableFuture().get()).isEmpty();
  }

  @Test
  void aTorrentThatIsRemovedIsAsIfItHadNeverBeen() throws Exception {
    announce(V2, 1, Change.COMPLETE, PEER6);
    announce(V2, 9, Change.LEECH, KEEPER);
    announce(V1, 9, Change.LEECH, KEEPER);
    assertThat(store.remove(V2).toCompletableFuture().get()).isEqualTo(2);
    assertCounts(V2, 0, 0, 0);
    assertCounts(V1, 0, 1, 0);
    assertThat(store.remove(V2).toCompletableFuture().get()).isZero();
    assertThat(store.counts().swarms()).isEqualTo(1);
    announce(V2, 1, Change.LEECH, PEER6);
    assertCounts(V2, 0, 1, 0);
  }

  @Test
  void aTorrentThatIsKnownForItsSnatchesAloneCanBeRemovedToo() throws Exception {
    announce(V1, 1, Change.COMPLETE, PEER);
    stop(V1, 1, PEER);
    assertThat(store.remove(V1).toCompletableFuture().get()).isZero();
    assertCounts(V1, 0, 0, 0);
  }

  @Test
  void aSeederIsSeenByLeechersAlone() throws Exception {
    announce(V1, 9, Change.LEECH, KEEPER);
    announce(V1, 1, Change.SEED, PEER);
    assertThat(look(V1, KEEPER, false)).containsExactly(PEER);
    assertThat(look(V1, KEEPER, true)).isEmpty();
    assertCounts(V1, 1, 1, 0);
    stop(V1, 1, PEER);
    stop(V1, 1, PEER);
    assertCounts(V1, 0, 1, 0);
  }

  @Test
  void aLeecherThatCompletesIsASeederAndASnatch() throws Exception {
    announce(V1, 1, Change.LEECH, PEER);
    announce(V1, 1, Change.COMPLETE, PEER);
    assertThat(look(V1, KEEPER, false)).containsExactly(PEER);
    assertCounts(V1, 1, 0, 1);
    announce(V1, 1, Change.COMPLETE, PEER);
    assertCounts(V1, 1, 0, 1);
  }

  @Test
  void whoCompletesUnseenIsASeederAndASnatchToo() throws Exception {
    announce(V2, 1, Change.COMPLETE, PEER6);
    assertThat(look(V2, KEEPER6, false)).containsExactly(PEER6);
    assertCounts(V2, 1, 0, 1);
  }

  @Test
  void aPeerIsNeverInBothRoles() throws Exception {
    announce(V1, 1, Change.LEECH, PEER);
    announce(V1, 1, Change.SEED, PEER);
    assertCounts(V1, 1, 0, 0);
    announce(V1, 1, Change.LEECH, PEER);
    assertCounts(V1, 0, 1, 0);
    stop(V1, 1, PEER);
    assertCounts(V1, 0, 0, 0);
  }

  @Test
  void familiesShareASwarm() throws Exception {
    announce(V1, 1, Change.LEECH, PEER, PEER6);
    assertCounts(V1, 0, 2, 0);
    assertThat(look(V1, KEEPER, false)).containsExactlyInAnyOrder(PEER, PEER6);
    Announce onlyIpv6 = Announces.announce(V1, id(9), Change.NOTHING, KEEPER6);
    onlyIpv6.asks(Change.NOTHING, false, 50);
    onlyIpv6.wantsOnly(AddressFamily.IPV6);
    Selection selection = new Selection();
    await(store.select(onlyIpv6, selection));
    assertThat(Announces.endpoints(selection)).containsExactly(PEER6);
    assertThat(selection.leechers()).isEqualTo(2);
    stop(V1, 1, PEER, PEER6);
    assertCounts(V1, 0, 0, 0);
  }

  @Test
  void longHashesAreKnownByTheirFirstBytes() throws Exception {
    announce(V2, 1, Change.LEECH, PEER);
    assertCounts(V2.truncated(), 0, 1, 0);
    announce(V2.truncated(), 1, Change.LEECH, PEER);
    assertCounts(V2, 0, 1, 0);
  }

  @Test
  void anAnnounceIsToldWhatWasBeforeAndWhatIsItsOwn() throws Exception {
    announce(V1, 1, Change.SEED, PEER);
    announce(V1, 2, Change.LEECH, endpoint("2.2.2.2:2"));
    Announce announce = Announces.announce(V1, id(2), Change.COMPLETE, endpoint("2.2.2.2:2"));
    announce.asks(Change.COMPLETE, true, 50);
    Selection selection = new Selection();
    await(store.announce(announce, selection));
    assertThat(selection.seeders()).isEqualTo(1);
    assertThat(selection.leechers()).isEqualTo(1);
    assertThat(selection.ownLeechers()).isEqualTo(1);
    assertThat(selection.ownSeeders()).isZero();
    assertThat(selection.seedersAfter(announce)).isEqualTo(2);
    assertThat(selection.leechersAfter(announce)).isZero();
    assertCounts(V1, 2, 0, 1);
  }

  @Test
  void noMoreAreHandedOutThanWantedAndSeedersFirst() throws Exception {
    for (int i = 0; i < 30; i++) {
      announce(V1, i, i < 10 ? Change.SEED : Change.LEECH, Announces.ipv4(i));
    }
    for (int numWant : new int[] {0, 1, 5, 10, 15, 30, 100}) {
      Announce announce = Announces.announce(V1, id(99), Change.NOTHING, KEEPER);
      announce.asks(Change.NOTHING, false, numWant);
      Selection selection = new Selection();
      await(store.select(announce, selection));
      List<Endpoint> peers = Announces.endpoints(selection.peers(AddressFamily.IPV4));
      assertThat(peers).hasSize(Math.min(numWant, 30)).doesNotHaveDuplicates();
      assertThat(peers.subList(0, Math.min(numWant, 10)))
          .allSatisfy(peer -> assertThat(number(peer)).isLessThan(10));
    }
  }

  @Test
  void whoAsksIsNeverHandedOut() throws Exception {
    announce(V1, 1, Change.LEECH, PEER, PEER6);
    announce(V1, 2, Change.LEECH, KEEPER);
    assertThat(Announces.endpoints(announce(V1, 1, Change.LEECH, PEER, PEER6)))
        .containsExactly(KEEPER);
    // at another address, but by the same id
    assertThat(Announces.endpoints(announce(V1, 1, Change.NOTHING, endpoint("3.3.3.3:3"))))
        .containsExactly(KEEPER);
  }

  @Test
  void aPeerThatDoesNotComeAgainIsGoneOnceItsTimeIsOver() throws Exception {
    announce(V1, 1, Change.SEED, PEER);
    announce(V1, 2, Change.LEECH, endpoint("2.2.2.2:2"));
    ticker.advance(LIFETIME.minusSeconds(1));
    announce(V1, 2, Change.LEECH, endpoint("2.2.2.2:2"));
    assertThat(look(V1, KEEPER, false)).hasSize(2);
    ticker.advance(Duration.ofSeconds(1));
    assertThat(look(V1, KEEPER, false)).containsExactly(endpoint("2.2.2.2:2"));
  }

  @Test
  void collectionTakesOutWhoseTimeIsOverAndNobodyElse() throws Exception {
    for (int torrent = 0; torrent < 20; torrent++) {
      for (int peer = 0; peer < 25; peer++) {
        apply(Announces.torrent(torrent), peer, Change.LEECH, Announces.ipv4(peer));
      }
    }
    ticker.advance(Duration.ofSeconds(60));
    for (int torrent = 0; torrent < 20; torrent++) {
      for (int peer = 25; peer < 50; peer++) {
        apply(Announces.torrent(torrent), peer, Change.SEED, Announces.ipv6(peer));
      }
    }
    ticker.advance(LIFETIME.minusSeconds(60));
    assertThat(await(store.collect()).peers()).isEqualTo(500);
    assertThat(await(store.collect()).peers()).isZero();
    for (int torrent = 0; torrent < 20; torrent++) {
      assertCounts(Announces.torrent(torrent), 25, 0, 0);
    }
    assertThat(store.counts().swarms()).isEqualTo(20);
    assertThat(store.counts().seeders()).isEqualTo(500);
    ticker.advance(Duration.ofSeconds(60));
    Collected last = await(store.collect());
    assertThat(last.peers()).isEqualTo(500);
    assertThat(last.swarms()).isEqualTo(20);
    assertThat(store.counts().swarms()).isZero();
  }

  @Test
  void snatchesOutliveTheSwarm() throws Exception {
    announce(V1, 1, Change.COMPLETE, PEER);
    ticker.advance(LIFETIME.plusSeconds(1));
    await(store.collect());
    assertCounts(V1, 0, 0, 1);
  }

  /** Of twenty peers one is wanted, ten thousand times: the statistic has 19 degrees of freedom. */
  @Test
  void everyPeerIsAsLikely() throws Exception {
    for (int i = 0; i < 20; i++) {
      announce(V1, i, Change.SEED, Announces.ipv4(i));
    }
    Announce announce = Announces.announce(V1, id(99), Change.NOTHING, KEEPER);
    announce.asks(Change.NOTHING, false, 1);
    Selection selection = new Selection();
    Map<Endpoint, Integer> draws = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      selection.clear();
      await(store.select(announce, selection));
      Announces.endpoints(selection).forEach(peer -> draws.merge(peer, 1, Integer::sum));
    }
    double statistic =
        draws.values().stream().mapToDouble(n -> (n - 500.0) * (n - 500.0) / 500.0).sum();
    assertThat(draws).hasSize(20);
    // reached by chance once in a hundred thousand times
    assertThat(statistic).isLessThan(57);
  }

  @Test
  void manyMayAnnounceAtOnceWhileOthersCollect() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int worker = 0; worker < 3; worker++) {
        int first = worker * 100;
        workers.add(threads.submit(() -> comeAndGo(first)));
      }
      workers.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 20; i++) {
                  await(store.collect());
                }
                return true;
              }));
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
    assertCounts(V1, 0, 150, 0);
  }

  /** A hundred peers, of whom each other one leaves again. */
  private Boolean comeAndGo(int first) throws Exception {
    for (int i = first; i < first + 100; i++) {
      apply(V1, i, Change.LEECH, Announces.ipv4(i));
      if (i % 2 == 0) {
        apply(V1, i, Change.STOP, Announces.ipv4(i));
      }
    }
    return true;
  }

  @Test
  void canBeReached() throws Exception {
    await(store.ping());
  }

  @Test
  void onceClosedItFailsAndMayBeClosedAgain() {
    store.close();
    store.close();
    Announce announce = Announces.announce(V1, id(1), Change.SEED, PEER);
    assertClosed(store.ping());
    assertClosed(store.apply(announce));
    assertClosed(store.select(announce, new Selection()));
    assertClosed(store.announce(announce, new Selection()));
    assertClosed(store.scrape(new Scrape()));
    assertClosed(store.collect());
  }

  private static void assertClosed(CompletionStage<?> stage) {
    assertThatThrownBy(() -> await(stage))
        .hasRootCauseMessage("swarm store: closed (expected: open)");
  }

  private List<Endpoint> look(InfoHash torrent, Endpoint peer, boolean seeder) throws Exception {
    Announce announce = Announces.announce(torrent, id(999), Change.NOTHING, peer);
    announce.asks(Change.NOTHING, seeder, 50);
    Selection selection = new Selection();
    await(store.select(announce, selection));
    return Announces.endpoints(selection);
  }

  private Selection stop(InfoHash torrent, int id, Endpoint... peers) throws Exception {
    return announce(torrent, id, Change.STOP, peers);
  }

  private Selection announce(InfoHash torrent, int id, Change change, Endpoint... peers)
      throws Exception {
    Announce announce = Announces.announce(torrent, id(id), change, peers);
    announce.asks(change, false, 50);
    Selection selection = new Selection();
    await(store.announce(announce, selection));
    return selection;
  }

  private void apply(InfoHash torrent, int id, Change change, Endpoint... peers) throws Exception {
    await(store.apply(Announces.announce(torrent, id(id), change, peers)));
  }

  private void assertCounts(InfoHash torrent, int seeders, int leechers, int snatches)
      throws Exception {
    Scrape scrape = new Scrape();
    scrape.add(torrent);
    await(store.scrape(scrape));
    assertThat(scrape.seeders(0)).isEqualTo(seeders);
    assertThat(scrape.leechers(0)).isEqualTo(leechers);
    assertThat(scrape.snatches(0)).isEqualTo(snatches);
  }

  private static int number(Endpoint peer) {
    return (int) (peer.address().low() - Announces.ipv4(0).address().low());
  }

  private static <T extends @Nullable Object> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get();
  }

  private static InfoHash hash(String raw) {
    return InfoHash.parse(Bytes.utf8(raw)).orElseThrow();
  }
}
