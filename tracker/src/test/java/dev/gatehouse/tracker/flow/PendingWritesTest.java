package dev.gatehouse.tracker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingWritesTest {

  private final EventCounters counters = new EventCounters();
  private final PendingWrites pending = new PendingWrites(2, counters);

  @Test
  void soManyMayWaitAndOneMoreIsGivenUp() {
    assertThat(pending.hasRoom()).isTrue();
    pending.begin();
    assertThat(pending.hasRoom()).isTrue();
    pending.begin();
    assertThat(pending.hasRoom()).isFalse();
    assertThat(counters.counter(Metric.TRACKER_WRITES_DROPPED).sum()).isEqualTo(1);
    pending.end();
    assertThat(pending.hasRoom()).isTrue();
  }

  @Test
  void howManyWaitIsKnown() {
    pending.begin();
    List<Double> samples = new ArrayList<>();
    pending.collect((_, value, _) -> samples.add(value));
    assertThat(samples).containsExactly(1.0);
  }
}
