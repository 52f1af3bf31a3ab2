package dev.gatehouse.proxy.upstream.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.upstream.http.Keeper.Discard;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolCountersTest {

  private final EventCounters counters = new EventCounters();
  private final PoolCounters pool = new PoolCounters("front", "a.example", counters);

  private Map<String, Integer> states() {
    Map<String, Integer> states = new HashMap<>();
    pool.collect((metric, value, labels) -> states.put(labels[2], (int) value));
    return states;
  }

  @Test
  void everyConnectionIsIdleOrBusy() {
    assertThat(states()).isEqualTo(Map.of("idle", 0, "busy", 0));
    pool.opened();
    pool.opened();
    pool.becameIdle();
    assertThat(states()).isEqualTo(Map.of("idle", 1, "busy", 1));
    pool.becameBusy();
    pool.closed();
    assertThat(states()).isEqualTo(Map.of("idle", 0, "busy", 1));
  }

  @Test
  void countsWhatWasMadeAndWhatWasUsedAgain() {
    pool.opened();
    pool.reused();
    pool.reused();
    assertThat(counters.counter(Metric.PROXY_POOL_OPENED, "front", "a.example").sum()).isOne();
    assertThat(counters.counter(Metric.PROXY_POOL_REUSED, "front", "a.example").sum()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Discard.class)
  void countsWhyAConnectionIsNotUsedAgain(Discard reason) {
    pool.discarded(reason);
    assertThat(
            counters
                .counter(Metric.PROXY_POOL_DISCARDED, "front", "a.example", reason.label())
                .sum())
        .isOne();
  }
}
