package dev.gatehouse.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendGroupTest {

  private static final int ROUNDS = 500;

  private final ManualTicker ticker = new ManualTicker();

  @Test
  void roundRobinGoesInTheOrderOfTheConfiguration() {
    BackendGroup group = group(3, Balance.ROUND_ROBIN);
    assertThat(IntStream.range(0, 7).map(_ -> choose(group, 0)))
        .containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  @Test
  void roundRobinIsFairToThoseThatAreUp() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(BackendGroup.MAX_BACKENDS);
      BackendGroup group = group(size, Balance.ROUND_ROBIN);
      int up = holdSome(group, random);
      int[] chosen = new int[size];
      int turns = random.nextInt(10);
      for (int i = 0; i < up * turns; i++) {
        chosen[choose(group, 0)]++;
      }
      for (int i = 0; i < size; i++) {
        assertThat(chosen[i])
            .as("seed %d, backend %d of %d, %d up", seed, i, size, up)
            .isEqualTo(isUp(group, i) ? turns : 0);
      }
    }
  }

  @Test
  void roundRobinIsFairAmongThreads() throws Exception {
    BackendGroup group = group(4, Balance.ROUND_ROBIN);
    AtomicIntegerArray chosen = new AtomicIntegerArray(4);
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                _ ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              for (int i = 0; i < 10_000; i++) {
                                chosen.incrementAndGet(choose(group, 0));
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(IntStream.range(0, 4).map(chosen::get)).containsOnly(10_000);
  }

  @Test
  void leastConnectionsNeverPicksAFullerOne() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      BackendGroup group = group(1 + random.nextInt(8), Balance.LEAST_CONNECTIONS);
      for (int step = 0; step < 50; step++) {
        holdSome(group, random);
        long tried = random.nextInt(1 << group.backends().size());
        int chosen = choose(group, tried);
        if (chosen != BackendGroup.NONE && isUp(group, chosen)) {
          int fewest =
              indices(group, tried)
                  .filter(i -> isUp(group, i))
                  .map(i -> group.backend(i).open())
                  .min()
                  .orElseThrow();
          assertThat(group.backend(chosen).open()).as("seed %d", seed).isEqualTo(fewest);
          group.backend(chosen).opened();
        }
      }
    }
  }

  @Test
  void leastConnectionsTakesTurnsAmongEquals() {
    BackendGroup group = group(3, Balance.LEAST_CONNECTIONS);
    assertThat(IntStream.range(0, 6).map(_ -> choose(group, 0))).containsExactly(0, 1, 2, 0, 1, 2);
  }

  @ParameterizedTest
  @EnumSource(Balance.class)
  void neverChoosesWhatWasTriedAndNeverGivesUpEarly(Balance balance) {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      BackendGroup group = group(1 + random.nextInt(8), balance);
      holdSome(group, random);
      long tried = 0;
      for (int i = 0; i < group.backends().size(); i++) {
        int chosen = choose(group, tried);
        assertThat(chosen).as("seed %d", seed).isNotEqualTo(BackendGroup.NONE);
        assertThat(tried & 1L << chosen).as("seed %d", seed).isZero();
        tried |= 1L << chosen;
      }
      assertThat(choose(group, tried)).as("seed %d", seed).isEqualTo(BackendGroup.NONE);
    }
  }

  @Test
  void prefersWhatIsUp() {
    BackendGroup group = group(3, Balance.ROUND_ROBIN);
    group.backend(0).dialFailed(ticker.nanos());
    assertThat(IntStream.range(0, 4).map(_ -> choose(group, 0))).containsExactly(1, 2, 1, 2);
  }

  @Test
  void whenAllAreDownTheOneWhoseBackOffEndsFirstIsAsked() {
    BackendGroup group = group(3, Balance.ROUND_ROBIN);
    for (int index : new int[] {2, 0, 1}) {
      group.backend(index).dialFailed(ticker.nanos());
      ticker.advance(Duration.ofMillis(100));
    }
    assertThat(choose(group, 0)).isEqualTo(2);
    assertThat(choose(group, 0b100)).isEqualTo(0);
    assertThat(choose(group, 0b101)).isEqualTo(1);
  }

  @Test
  void whatHealthChecksHoldDownIsAskedLast() {
    BackendGroup group = group(2, Balance.ROUND_ROBIN);
    group.backend(0).hold(true);
    group.backend(1).dialFailed(ticker.nanos());
    assertThat(choose(group, 0)).isEqualTo(1);
    assertThat(choose(group, 0b10)).isEqualTo(0);
  }

  @Test
  void oneConnectionIsSentToABackendThatMayBeBack() {
    BackendGroup group = group(2, Balance.ROUND_ROBIN);
    group.backend(0).dialFailed(ticker.nanos());
    ticker.advance(Duration.ofSeconds(1));
    assertThat(IntStream.range(0, 4).map(_ -> choose(group, 0))).containsExactly(0, 1, 1, 1);
    group.backend(0).dialled();
    assertThat(IntStream.range(0, 4).map(_ -> choose(group, 0))).containsExactly(0, 1, 0, 1);
  }

  @Test
  void aGroupHasOneBackendToSixtyFour() {
    assertThat(group(64, Balance.ROUND_ROBIN).backends()).hasSize(64);
    assertThatThrownBy(() -> group(0, Balance.ROUND_ROBIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("backends: 0 (expected: 1-64)");
    assertThatThrownBy(() -> group(65, Balance.ROUND_ROBIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("backends: 65 (expected: 1-64)");
  }

  @Test
  void balancesHaveWords() {
    assertThat(Arrays.stream(Balance.values()).map(Balance::label))
        .containsExactly("round_robin", "least_connections");
  }

  private int choose(BackendGroup group, long tried) {
    return group.choose(tried, ticker.nanos());
  }

  private boolean isUp(BackendGroup group, int index) {
    return group.backend(index).isUp(ticker.nanos());
  }

  /** Returns how many are up. */
  private static int holdSome(BackendGroup group, Random random) {
    int up = 0;
    for (Backend backend : group.backends()) {
      boolean held = random.nextInt(3) == 0;
      backend.hold(held);
      up += held ? 0 : 1;
    }
    return up;
  }

  private static IntStream indices(BackendGroup group, long tried) {
    return IntStream.range(0, group.backends().size()).filter(i -> (tried & 1L << i) == 0);
  }

  private static BackendGroup group(int size, Balance balance) {
    return BackendGroup.of(
        IntStream.range(0, size)
            .mapToObj(i -> Destination.parse("10.0.0." + i + ":443").orElseThrow())
            .toList(),
        balance);
  }
}
