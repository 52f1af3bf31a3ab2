package dev.gatehouse.kernel.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventBudgetTest {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final long NANOS = WINDOW.toNanos();

  private final EventBudget budget = new EventBudget(3, WINDOW);

  /** Monotonic clocks begin anywhere and may wrap. */
  @ParameterizedTest
  @ValueSource(longs = {0, 17, -1, Long.MAX_VALUE - 10, Long.MIN_VALUE})
  void letsTheLimitPassAndCountsOnePastIt(long start) {
    assertThat(take(3, start)).isEqualTo(3);
    assertThat(budget.tryTake(start + NANOS - 1)).isFalse();
    assertThat(budget.tryTake(start + NANOS)).isTrue();
  }

  @Test
  void tellsTheSurplusOnceWhenTheWindowIsOver() {
    take(10, 0);
    assertThat(budget.takeSurplus(NANOS - 1)).isZero();
    assertThat(budget.takeSurplus(NANOS)).isEqualTo(7);
    assertThat(budget.takeSurplus(NANOS)).isZero();
  }

  @Test
  void aSurplusThatNobodyAskedForIsNotLost() {
    take(5, 0);
    take(4, NANOS);
    assertThat(budget.takeSurplus(2 * NANOS)).isEqualTo(3);
  }

  @Test
  void aWindowBeginsWithItsFirstEvent() {
    take(1, 0);
    assertThat(take(5, NANOS + 5)).isEqualTo(3);
    assertThat(budget.tryTake(2 * NANOS + 4)).isFalse();
    assertThat(budget.tryTake(2 * NANOS + 5)).isTrue();
  }

  @Test
  void thereIsNoSurplusBeforeTheFirstEvent() {
    assertThat(budget.takeSurplus(Long.MAX_VALUE)).isZero();
  }

  @Test
  void aBudgetOfNothingIsAMistake() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EventBudget(0, WINDOW));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EventBudget(1, Duration.ZERO))
        .withMessage("budget: 1 in PT0S (expected: both above 0)");
  }

  private int take(int events, long nowNanos) {
    int passed = 0;
    for (int i = 0; i < events; i++) {
      passed += budget.tryTake(nowNanos) ? 1 : 0;
    }
    return passed;
  }
}
