package dev.gatehouse.bench.l4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

  private static final long[] HUNDRED =
      LongStream.rangeClosed(1, 100).map(micros -> micros * 1_000).toArray();

  @Test
  void aPercentileIsAValueThatWasSeen() {
    assertThat(Latency.micros(HUNDRED, 0.5)).isEqualTo(50);
    assertThat(Latency.micros(HUNDRED, 0.99)).isEqualTo(99);
    assertThat(Latency.micros(HUNDRED, 0.991)).isEqualTo(100);
    assertThat(Latency.micros(HUNDRED, 0)).isEqualTo(1);
  }

  @Test
  void ofOneValueAllPercentilesAreThatValue() {
    assertThat(Latency.micros(new long[] {1_500}, 0.99)).isEqualTo(1.5);
  }
}
