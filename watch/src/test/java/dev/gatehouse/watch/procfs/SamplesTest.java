package dev.gatehouse.watch.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.collector.RecordedSamples;
import org.junit.jupiter.api.Test;

class SamplesTest {

  private final RecordedSamples samples = new RecordedSamples();

  @Test
  void whatIsAbsentHasNoSeriesAndNoughtHasOne() {
    Samples.present(samples, Metric.FORKS, TextCursor.ABSENT);
    assertThat(samples.size()).isZero();
    Samples.present(samples, Metric.FORKS, 0);
    assertThat(samples.value(Metric.FORKS)).isZero();
  }

  @Test
  void aValueIsGivenInItsUnit() {
    Samples.scaled(samples, Metric.SWAP_IO_BYTES, 3, 4096, "in");
    Samples.scaled(samples, Metric.SWAP_IO_BYTES, TextCursor.ABSENT, 4096, "out");
    assertThat(samples.value(Metric.SWAP_IO_BYTES, "in")).isEqualTo(12_288);
    assertThat(samples.size()).isOne();
  }
}
