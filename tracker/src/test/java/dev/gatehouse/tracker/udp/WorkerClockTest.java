package dev.gatehouse.tracker.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkerClockTest {

  private final ManualTicker ticker = new ManualTicker();
  private final WorkerClock clock = new WorkerClock(ticker, new Random(1));

  @Test
  void wallTimeIsAskedForOnceASecond() {
    long begun = ticker.now().getEpochSecond();
    assertThat(clock.second()).isEqualTo(begun);
    ticker.advance(Duration.ofMillis(999));
    clock.tick();
    assertThat(clock.second()).isEqualTo(begun);
    ticker.advance(Duration.ofMillis(1));
    clock.tick();
    assertThat(clock.second()).isEqualTo(begun + 1);
    ticker.advance(Duration.ofHours(1));
    clock.tick();
    assertThat(clock.second()).isEqualTo(begun + 3601);
  }

  @Test
  void theTimeOfABatchStandsUntilTheNext() {
    long begun = clock.nanos();
    ticker.advance(Duration.ofNanos(7));
    assertThat(clock.nanos()).isEqualTo(begun);
    clock.tick();
    assertThat(clock.nanos() - begun).isEqualTo(7);
  }

  @Test
  void saltsAreBytesThatDiffer() {
    Set<Integer> salts = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      salts.add(clock.salt());
    }
    assertThat(salts).hasSize(256).allMatch(salt -> salt >= 0 && salt < 256);
  }
}
