package dev.gatehouse.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.top.Refusals.Refusal;
import dev.gatehouse.client.daemon.BlockedCount;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.daemon.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private final Refusals refusals = new Refusals();

  @Test
  void theFirstAnswerHasNoRate() {
    assertThat(refusals.after(status(10_000, 5)))
        .containsExactly(new Refusal("ip", 5, OptionalDouble.empty()));
  }

  @Test
  void theRateIsThatOfTheDaemonsOwnTime() {
    refusals.after(status(10_000, 5));
    assertThat(refusals.after(status(12_500, 10)))
        .containsExactly(new Refusal("ip", 10, OptionalDouble.of(2)));
    assertThat(refusals.after(status(13_500, 10)))
        .containsExactly(new Refusal("ip", 10, OptionalDouble.of(0)));
  }

  @Test
  void aReasonThatIsNewHasNoRate() {
    refusals.after(status(10_000));
    assertThat(refusals.after(status(11_000, 3)))
        .containsExactly(new Refusal("ip", 3, OptionalDouble.empty()));
  }

  @Test
  void aTimeThatStandsStillAndACountThatFallsGiveNoRate() {
    refusals.after(status(10_000, 5));
    assertThat(refusals.after(status(10_000, 9)).getFirst().perSecond()).isEmpty();
    assertThat(refusals.after(status(500, 9)).getFirst().perSecond()).isEmpty();
    assertThat(refusals.after(status(1_500, 2)).getFirst().perSecond()).isEmpty();
    assertThat(refusals.after(status(2_500, 4)).getFirst().perSecond()).hasValue(2);
  }

  private static Status status(long uptimeMillis, long... counts) {
    List<BlockedCount> blocked =
        counts.length == 0 ? List.of() : List.of(new BlockedCount("ip", counts[0]));
    return new Status(
        "1.2.3",
        Instant.EPOCH,
        Duration.ofMillis(uptimeMillis),
        false,
        List.of(),
        List.of(),
        new Traffic(0, 0, List.of(), List.of(), blocked),
        0,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
