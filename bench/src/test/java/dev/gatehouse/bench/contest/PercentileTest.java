package dev.gatehouse.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentileTest {

  private static final long[] HUNDRED = LongStream.rangeClosed(1, 100).toArray();

  @Test
  void isAValueThatWasSeen() {
    assertThat(Percentile.of(HUNDRED, 0.5)).isEqualTo(50);
    assertThat(Percentile.of(HUNDRED, 0.99)).isEqualTo(99);
    assertThat(Percentile.of(HUNDRED, 0.991)).isEqualTo(100);
    assertThat(Percentile.of(HUNDRED, 0)).isEqualTo(1);
  }

  @Test
  void ofOneValueIsAlwaysThatValue() {
    assertThat(Percentile.of(new long[] {1_500}, 0.99)).isEqualTo(1_500);
  }
}
