package dev.gatehouse.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.bench.contest.CpuCost.Unit;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CpuCostTest {

  private static final Contender SELF =
      new Contender("self", 4711, new ProcessTree(ProcessHandle.current().pid()));

  @Test
  void isCpuTimeDividedByWork() throws Exception {
    CpuCost cost = new CpuCost("", Unit.GIGABYTES, _ -> spinAndAnswer(2));
    double[] figures = cost.of(SELF);

    assertThat(figures).hasSameSizeAs(cost.columns());
    assertThat(figures[0]).isBetween(0.09, 1.0);
    assertThat(figures[1]).isPositive().isLessThanOrEqualTo(2 / 0.19);
  }

  @Test
  void ofSmallThingsIsInMicroseconds() throws Exception {
    CpuCost cost = new CpuCost("", Unit.TIMES, _ -> spinAndAnswer(1_000));

    assertThat(cost.of(SELF)[0]).isBetween(190.0, 2_000.0);
  }

  @Test
  void isTakenAtTheContendersPort() throws Exception {
    int[] asked = new int[1];
    new CpuCost("", Unit.TIMES, port -> asked[0] = port).of(SELF);

    assertThat(asked[0]).isEqualTo(4711);
  }

  @Test
  void ofNothingIsAFailureAndNoFigure() {
    assertThatThrownBy(() -> new CpuCost("a load", Unit.TIMES, _ -> 0).of(SELF))
        .isInstanceOf(IOException.class)
        .hasMessage("a load: nothing was answered");
  }

  private static double spinAndAnswer(double amount) {
    Spin.cpuMillis(200);
    return amount;
  }
}
