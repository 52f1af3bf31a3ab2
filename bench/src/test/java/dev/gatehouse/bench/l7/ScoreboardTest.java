package dev.gatehouse.bench.l7;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.CpuCost;
import dev.gatehouse.bench.contest.Measure;
import dev.gatehouse.bench.contest.Series;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreboardTest {

  private static final Measure MEASURE = new CpuCost("requests", CpuCost.Unit.TIMES, _ -> 1);

  @Test
  void dividesGatehouseByTheBetterOfHaproxyAndNginx() {
    Scoreboard board =
        new Scoreboard(
            MEASURE,
            List.of(
                series("gatehouse", 6, 6, 6),
                series("haproxy", 5, 5, 5),
                series("nginx", 4, 3, 6),
                series("caddy", 1, 1, 1)));

    assertThat(cells(board, 0))
        .containsExactly("CPU µs each", "6.00", "5.00", "4.00", "1.00", "1.50", "1.20", "2.00");
  }

  @Test
  void comparesRoundByRound() {
    Scoreboard board =
        new Scoreboard(MEASURE, List.of(series("gatehouse", 10, 200), series("nginx", 5, 100)));

    assertThat(cells(board, 0))
        .containsExactly("CPU µs each", "105", "52.5", "2.00", "2.00", "2.00");
  }

  @Test
  void comparesWithNothingWhereNeitherIsLeft() {
    Scoreboard board = new Scoreboard(MEASURE, List.of(series("gatehouse", 1), series("caddy", 1)));

    assertThat(cells(board, 0)).containsExactly("CPU µs each", "1.00", "1.00", "-", "-", "-");
  }

  @Test
  void isHeadedByTheMeasureAndTheContenders() {
    Scoreboard board = new Scoreboard(MEASURE, List.of(series("gatehouse", 1), series("nginx", 1)));

    assertThat(board.toString().lines().skip(1).findFirst().orElseThrow().split(" {2,}", -1))
        .containsExactly("requests", "gatehouse", "nginx", "÷ better", "least", "most");
    assertThat(board.toString().lines().skip(3)).singleElement().asString().contains("each/s");
  }

  private static Series series(String name, double... costs) {
    return new Series(
        Contender.parse(name + ":1:1"),
        99,
        Arrays.stream(costs).mapToObj(each -> new double[] {each, 250}).toList());
  }

  private static List<String> cells(Scoreboard board, int column) {
    String line = board.toString().lines().skip(2 + column).findFirst().orElseThrow();
    return Arrays.asList(line.strip().split(" {2,}", -1));
  }
}
