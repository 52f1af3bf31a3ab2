package dev.gatehouse.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(series(9, 1, 2).median(0)).isEqualTo(2);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(series(9, 1, 2, 4).median(0)).isEqualTo(3);
  }

  @Test
  void oneRoundIsEnough() {
    Series one = series(7);

    assertThat(List.of(one.least(0), one.median(0), one.most(0))).containsOnly(7.0);
  }

  @Test
  void theSpreadIsThatOfItsColumn() {
    Series series =
        new Series(
            Contender.parse("a:1:1"), 0, List.of(new double[] {5, -1}, new double[] {3, -2}));

    assertThat(series.least(0)).isEqualTo(3);
    assertThat(series.most(1)).isEqualTo(-1);
  }

  private static Series series(double... rounds) {
    return new Series(
        Contender.parse("a:1:1"),
        0,
        Arrays.stream(rounds).mapToObj(each -> new double[] {each}).toList());
  }
}
