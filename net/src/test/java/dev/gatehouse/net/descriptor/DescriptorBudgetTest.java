package dev.gatehouse.net.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.testkit.LogGuard;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorBudgetTest {

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final DescriptorBudget budget = new DescriptorBudget(1000);

  @Test
  void connectionsAreRefusedBelowTwoPercent() {
    logs.expect("fd_short");
    assertThat(budget.admit(979)).isTrue();
    assertThat(budget.admit(2)).as("it would leave 19").isFalse();
    assertThat(budget.held()).isEqualTo(979);
    assertThat(logs.events("fd_short").getFirst().fields())
        .containsEntry("held", "979")
        .containsEntry("max", "1000");
  }

  @Test
  void theLastTwoPercentAreNotForConnections() {
    assertThat(budget.admit(979)).isTrue();
    assertThat(budget.admit(1)).as("it leaves 20").isTrue();
    assertThat(budget.held()).isEqualTo(980);
  }

  @Test
  void whoWasRefusedComesInAgainOnlyWhenFivePercentAreFree() {
    logs.expect("fd_short");
    budget.admit(980);
    assertThat(budget.admit(1)).isFalse();
    budget.giveBack(29);
    assertThat(budget.admit(2)).as("it would leave 47").isFalse();
    budget.giveBack(3);
    assertThat(budget.admit(2)).as("it leaves 50").isTrue();
    assertThat(budget.admit(2)).as("the edge is at 20 again").isTrue();
    assertThat(logs.events("fd_resumed")).hasSize(1);
  }

  @Test
  void anEpisodeIsToldOnceHoweverManyAreRefusedInIt() {
    logs.expect("fd_short");
    budget.admit(980);
    for (int i = 0; i < 1000; i++) {
      budget.admit(1);
    }
    assertThat(logs.events("fd_short")).hasSize(1);

    budget.giveBack(980);
    budget.admit(1);
    budget.admit(979);
    budget.admit(1);
    assertThat(logs.events("fd_short")).as("another episode").hasSize(2);
  }

  @Test
  void whatIsNotNeededEndsWhileConnectionsAreStillAdmitted() {
    assertThat(budget.spare(900)).as("it leaves 100").isTrue();
    assertThat(budget.spare(1)).isFalse();
    assertThat(budget.admit(1)).isTrue();
    budget.giveBack(5);
    assertThat(budget.spare(4)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"20000, 19744", "1024, 768", "512, 256", "300, 150", "16, 8"})
  void theReserveIsNoMoreThanHalf(long files, double most) {
    Map<Metric, Double> samples = new EnumMap<>(Metric.class);
    DescriptorBudget.ofFiles(files).collect((metric, value, labels) -> samples.put(metric, value));
    assertThat(samples).containsEntry(Metric.MAX_FILES, most).containsEntry(Metric.OPEN_FILES, 0.0);
  }

  @Test
  void withoutALimitNothingIsRefusedOrCounted() {
    DescriptorBudget unlimited = DescriptorBudget.UNLIMITED;
    assertThat(unlimited.admit(Integer.MAX_VALUE)).isTrue();
    assertThat(unlimited.spare(Integer.MAX_VALUE)).isTrue();
    unlimited.giveBack(1);
    assertThat(unlimited.held()).isZero();
    unlimited.collect(
        (metric, value, labels) -> {
          throw new AssertionError(metric + " of what has no limit");
        });
  }

  @Test
  void threadsTogetherNeverTakeMoreThanThereIs() {
    logs.expect("fd_short");
    LongAdder admitted = new LongAdder();
    try (ExecutorService loops = Executors.newFixedThreadPool(4)) {
      for (int loop = 0; loop < 4; loop++) {
        loops.execute(() -> takeAll(admitted));
      }
    }
    assertThat(budget.held()).isEqualTo(980).isEqualTo(2 * admitted.sum());
    assertThat(logs.events("fd_short")).hasSize(1);
  }

  private void takeAll(LongAdder admitted) {
    for (int i = 0; i < 1000; i++) {
      if (budget.admit(2)) {
        admitted.increment();
      }
    }
  }
}
