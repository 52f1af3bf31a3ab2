package dev.gatehouse.tracker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.tracker.hash.SipHash;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Announces;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is handed out is drawn; that all are as likely is judged with seeds that do not change. */
class SelectorTest {

  private static final int PEERS = 60;
  private static final int DRAWS = 30_000;

  /** Of the asking peer's own endpoint, and of every third one the time is over. */
  private static final int LIMIT = 10;

  /** The statistic of 38 degrees of freedom is above this once in ten thousand times. */
  private static final double CRITICAL = 77.6;

  private final Map<Endpoint, Integer> draws = new HashMap<>();

  /** One block, and blocks of uneven sizes. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 6, 1})
  void everyoneIsAsLikelyWhoeverAsksAndWhoeverHasGone(int usualRows) {
    Swarm swarm = swarm(usualRows, PEERS, i -> i % 3 == 1 ? LIMIT : LIMIT + 1);
    Announce asking = asking(0, 1);
    select(swarm, asking, DRAWS);
    List<Endpoint> eligible =
        IntStream.range(1, PEERS).filter(i -> i % 3 != 1).mapToObj(Announces::ipv4).toList();
    assertThat(draws.keySet()).containsExactlyInAnyOrderElementsOf(eligible);
    double expected = (double) DRAWS / eligible.size();
    double statistic =
        draws.values().stream().mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(eligible).hasSize(39);
    assertThat(statistic).isLessThan(CRITICAL);
  }

  /** The window shares its peers among draws; each is in it as often as its size says. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 6})
  void everyoneIsInTheWindowAsOften(int usualRows) {
    Swarm swarm = swarm(usualRows, PEERS, i -> i % 3 == 1 ? LIMIT : LIMIT + 1);
    select(swarm, asking(0, 7), DRAWS);
    double probability = 7 / 39.0;
    double deviation = Math.sqrt(DRAWS * probability * (1 - probability));
    assertThat(draws).hasSize(39);
    assertThat(draws.values())
        .allSatisfy(
            n -> assertThat(n - DRAWS * probability).isBetween(-4 * deviation, 4 * deviation));
  }

  @Test
  void whoeverWantsAllGetsEachOnce() {
    Swarm swarm = swarm(6, PEERS, _ -> LIMIT + 1);
    for (int wanted : new int[] {59, 60, 61, 1000}) {
      draws.clear();
      select(swarm, asking(0, wanted), 1);
      assertThat(draws).hasSize(59).allSatisfy((_, n) -> assertThat(n).isEqualTo(1));
    }
  }

  @Test
  void nobodyIsHandedOutWhereNobodyMayBe() {
    select(swarm(6, PEERS, _ -> LIMIT), asking(0, 50), 3);
    assertThat(draws).isEmpty();
  }

  @Test
  void seedersComeFirstAndSeedersGetNone() {
    Swarm swarm = swarm(1000, PEERS / 2, _ -> LIMIT + 1);
    Announce seeder = asking(100, 1000);
    seeder.asks(Change.NOTHING, true, 1000);
    select(swarm, seeder, 1);
    assertThat(draws).hasSize(30).allSatisfy((peer, _) -> assertThat(isSeeder(peer)).isFalse());
    draws.clear();
    select(swarm, asking(100, 30), 1);
    assertThat(draws).hasSize(30).allSatisfy((peer, _) -> assertThat(isSeeder(peer)).isTrue());
  }

  private static boolean isSeeder(Endpoint peer) {
    return (peer.address().low() & 0xff) >= PEERS / 2;
  }

  private void select(Swarm swarm, Announce asking, int times) {
    Selector selector = new Selector(new SplittableRandom(1));
    Selection selection = new Selection();
    Swarm.Asker asker = new Swarm.Asker();
    swarm.find(asking, LIMIT, formats(1), asker);
    for (int i = 0; i < times; i++) {
      selection.clear();
      selector.select(swarm, asker, selection);
      Announces.endpoints(selection).forEach(peer -> draws.merge(peer, 1, Integer::sum));
    }
  }

  private static Announce asking(int number, int numWant) {
    Announce announce =
        Announces.announce(
            Announces.torrent(1), Announces.id(number), Change.NOTHING, Announces.ipv4(number));
    announce.asks(Change.NOTHING, false, numWant);
    return announce;
  }

  private static Swarm swarm(int usualRows, int firstSeeder, IntUnaryOperator seen) {
    Swarm.Formats formats = formats(usualRows);
    Swarm swarm = new Swarm(1, 2, 3, formats);
    for (int i = 0; i < PEERS; i++) {
      swarm.put(asking(i, 0), 0, formats.ipv4(), i >= firstSeeder, seen.applyAsInt(i));
    }
    return swarm;
  }

  private static Swarm.Formats formats(int usualRows) {
    SipHash sipHash = SipHash.forTables(1, 2);
    return new Swarm.Formats(
        new RowFormat(AddressFamily.IPV4, sipHash, usualRows),
        new RowFormat(AddressFamily.IPV6, sipHash, usualRows));
  }
}
