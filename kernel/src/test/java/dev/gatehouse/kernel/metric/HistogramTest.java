package dev.gatehouse.kernel.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {

  private static final int THREADS = 8;
  private static final int VALUES = 20_000;

  private final Histogram histogram = new Histogram(List.of(0.5, 2.0, 10.0));

  @Test
  void beginsEmpty() {
    assertThat(histogram.counts()).containsExactly(0, 0, 0, 0);
    assertThat(histogram.count()).isZero();
    assertThat(histogram.sum()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.5, 0", "0.500001, 1", "2, 1", "3, 2", "10, 2", "10.1, 3", "1e300, 3"})
  void aBoundBelongsToTheBucketBelowIt(double value, int bucket) {
    histogram.record(value);
    assertThat(histogram.counts()[bucket]).isEqualTo(1);
    assertThat(histogram.count()).isEqualTo(1);
    assertThat(histogram.sum()).isEqualTo(value);
  }

  @Test
  void addsUpWhatWasRecorded() {
    histogram.record(0.25);
    histogram.record(4);
    histogram.record(100);
    assertThat(histogram.counts()).containsExactly(1, 0, 1, 1);
    assertThat(histogram.sum()).isEqualTo(104.25);
  }

  @Test
  void losesNothingWhenManyThreadsRecordAtOnce() {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      IntStream.range(0, THREADS).forEach(_ -> threads.execute(this::recordAll));
    }
    long each = (long) THREADS * VALUES / 4;
    assertThat(histogram.counts()).containsExactly(each, each, each, each);
    assertThat(histogram.sum()).isEqualTo(each * (0.25 + 1 + 4 + 16));
  }

  /** Powers of two, so that the order of addition does not show in the sum. */
  private void recordAll() {
    for (int i = 0; i < VALUES / 4; i++) {
      histogram.record(0.25);
      histogram.record(1);
      histogram.record(4);
      histogram.record(16);
    }
  }
}
