package dev.gatehouse.proxy.l7.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.traffic.ListenerTraffic.Abuse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrameBudgetsTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long START = Long.MAX_VALUE - SECOND;

  private final FrameBudgets budgets = new FrameBudgets();

  @ParameterizedTest
  @CsvSource({
    "PING, 100",
    "SETTINGS, 50",
    "EMPTY_DATA, 100",
    "EMPTY_HEADERS, 10",
    "WINDOW_UPDATE, 100",
    "PRIORITY, 100",
    "GLITCH, 100",
  })
  void soManyASecondAndNoMore(Abuse kind, int fine) {
    for (int i = 0; i < fine; i++) {
      assertThat(budgets.take(kind, START)).isEmpty();
    }
    assertThat(budgets.take(kind, START + SECOND - 1)).contains(kind);
    assertThat(budgets.take(kind, START + SECOND)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Abuse.class,
      names = {"CONTINUATION", "HEADER_FIELDS", "HEADER_LIST", "STALL"})
  void whatIsNotCountedByTheSecondIsFineHere(Abuse kind) {
    for (int i = 0; i < 1000; i++) {
      assertThat(budgets.take(kind, START)).isEmpty();
    }
  }

  @Test
  void whoGetsNoAnswerMayGiveUpFiftyTimes() {
    for (int i = 0; i < 50; i++) {
      assertThat(budgets.reset(START + i * SECOND)).isEmpty();
    }
    assertThat(budgets.reset(START + 50 * SECOND)).contains(Abuse.RAPID_RESET);
  }

  @Test
  void whoGotAnAnswerMayGiveUpTwoHundredTimesInThirtySeconds() {
    budgets.answered();
    for (int i = 0; i < 200; i++) {
      assertThat(budgets.reset(START)).isEmpty();
    }
    assertThat(budgets.reset(START + 30 * SECOND - 1)).contains(Abuse.RAPID_RESET);
    assertThat(budgets.reset(START + 30 * SECOND)).isEmpty();
  }

  @Test
  void nobodyMayGiveUpMoreThanTenThousandTimesInALife() {
    budgets.answered();
    long now = START;
    for (int i = 0; i < 10_000; i++) {
      now += SECOND;
      assertThat(budgets.reset(now)).isEmpty();
    }
    assertThat(budgets.reset(now + 60 * SECOND)).contains(Abuse.RAPID_RESET);
  }

  @Test
  void nobodyMayMakeUsGiveUpMoreThanFiveHundredTimesInALife() {
    long now = START;
    for (int i = 0; i < 500; i++) {
      now += SECOND;
      assertThat(budgets.serverReset(now)).isEmpty();
    }
    assertThat(budgets.serverReset(now + 60 * SECOND)).contains(Abuse.SERVER_RESET);
  }

  @Test
  void manyErrorsInASecondAreGlitchesBeforeTheyAreResets() {
    Optional<Abuse> found = Optional.empty();
    int fine = 0;
    while (found.isEmpty()) {
      found = budgets.serverReset(START);
      fine++;
    }
    assertThat(found).contains(Abuse.GLITCH);
    assertThat(fine).isEqualTo(101);
  }

  @Test
  void bodiesThatMoveLetWindowsMove() {
    for (int i = 0; i < 100; i++) {
      budgets.take(Abuse.WINDOW_UPDATE, START);
    }
    budgets.progress();
    assertThat(budgets.take(Abuse.WINDOW_UPDATE, START)).isEmpty();
  }
}
