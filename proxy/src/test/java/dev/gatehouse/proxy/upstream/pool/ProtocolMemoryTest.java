package dev.gatehouse.proxy.upstream.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolMemoryTest {

  private final ManualTicker ticker = new ManualTicker();
  private final ProtocolMemory memory = new ProtocolMemory();

  private List<String> samples() {
    List<String> samples = new ArrayList<>();
    PoolCounters labels = new PoolCounters("front", "a.example", new EventCounters());
    memory.collect(
        (metric, value, values) -> {
          assertThat(metric).isEqualTo(Metric.PROXY_BACKEND_PROTOCOL);
          samples.add(values[2] + ' ' + (int) value);
        },
        labels);
    return samples;
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(memory.known(ticker.nanos())).isEmpty();
    assertThat(samples()).isEmpty();
  }

  @Test
  void remembersForTenMinutes() {
    memory.learn(Wire.HTTP_2, ticker.nanos());
    ticker.advance(Duration.ofMinutes(10).minusNanos(1));
    assertThat(memory.known(ticker.nanos())).contains(Wire.HTTP_2);
    assertThat(memory.label(ticker.nanos())).contains("h2c");
    ticker.advance(Duration.ofNanos(1));
    assertThat(memory.known(ticker.nanos())).isEmpty();
  }

  @Test
  void theLastThatWasLearnedCounts() {
    memory.learn(Wire.HTTP_2, ticker.nanos());
    assertThat(samples()).containsExactly("h2c 1");
    memory.learn(Wire.HTTP_1, ticker.nanos());
    assertThat(memory.known(ticker.nanos())).contains(Wire.HTTP_1);
    assertThat(samples()).containsExactly("h1 1");
  }

  @Test
  void forgetsWhatItIsToldToForget() {
    memory.learn(Wire.HTTP_2, ticker.nanos());
    memory.forget();
    assertThat(memory.known(ticker.nanos())).isEmpty();
  }
}
