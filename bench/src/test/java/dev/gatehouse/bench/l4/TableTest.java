package dev.gatehouse.bench.l4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.Measure;
import dev.gatehouse.bench.contest.Series;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final Measure MEASURE = Loads.messages();

  @Test
  void comparesWithHaproxyAndWithTheBestPeer() {
    Table table =
        new Table(
            MEASURE, List.of(series("haproxy", 4), series("nginx", 2), series("gatehouse", 1)));

    assertThat(cells(table))
        .containsExactly(
            List.of("haproxy", "4.000", "250", "1.00", "2.00", "4.000", "4.000", "99.5"),
            List.of("nginx", "2.000", "250", "0.50", "1.00", "2.000", "2.000", "99.5"),
            List.of("gatehouse", "1.000", "250", "0.25", "0.50", "1.000", "1.000", "99.5"));
  }

  @Test
  void comparesWithNothingWhereNoPeerIsLeft() {
    assertThat(cells(new Table(MEASURE, List.of(series("gatehouse", 1)))))
        .containsExactly(List.of("gatehouse", "1.000", "250", "-", "-", "1.000", "1.000", "99.5"));
  }

  @Test
  void saysWhatItsFiguresAre() {
    assertThat(new Table(MEASURE, List.of()).toString())
        .contains(MEASURE.title())
        .containsSubsequence("CPU µs each", "each/s", "÷ haproxy", "÷ best peer", "first");
  }

  private static Series series(String name, double cost) {
    return new Series(Contender.parse(name + ":1:1"), 99.5, List.of(new double[] {cost, 250}));
  }

  /** Without title and headings. */
  private static List<List<String>> cells(Table table) {
    return table
        .toString()
        .lines()
        .skip(3)
        .map(line -> Arrays.asList(line.split(" +", -1)))
        .toList();
  }
}
