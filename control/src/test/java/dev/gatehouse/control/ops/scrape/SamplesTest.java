package dev.gatehouse.control.ops.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {

  private final Samples samples = new Samples();

  @Test
  void samplesOfOneMetricComeTogetherWithItsTypeAndHelp() {
    samples.sample(Metric.OPS_REQUESTS, 1, "metrics", "200");
    samples.sample(Metric.OPS_UNEXPECTED_LISTENERS, 0);
    samples.sample(Metric.OPS_REQUESTS, 2, "other", "404");
    samples.sample(Metric.BUILD, 1, "1.0", "25");

    List<MetricSnapshot> snapshots = samples.snapshots();
    assertThat(snapshots).hasSize(3);
    assertThat(snapshots.get(0)).isInstanceOf(InfoSnapshot.class);
    assertThat(snapshots.get(1)).isInstanceOf(CounterSnapshot.class);
    assertThat(snapshots.get(1).getMetadata().getHelp()).isEqualTo(Metric.OPS_REQUESTS.help());
    assertThat(((CounterSnapshot) snapshots.get(1)).getDataPoints()).hasSize(2);
    assertThat(snapshots.get(2)).isInstanceOf(GaugeSnapshot.class);
  }

  @Test
  void ofTwoEqualSeriesTheFirstStays() {
    samples.sample(Metric.OPS_BOOT_CHECK, 1, "bind");
    samples.sample(Metric.OPS_BOOT_CHECK, 0, "bind");
    GaugeSnapshot gauge = (GaugeSnapshot) samples.snapshots().getFirst();
    assertThat(gauge.getDataPoints()).hasSize(1);
    assertThat(gauge.getDataPoints().getFirst().getValue()).isEqualTo(1);
    assertThat(samples.unusable()).isEqualTo(1);
  }

  @Test
  void theWrongNumberOfLabelsIsLeftOut() {
    samples.sample(Metric.OPS_BOOT_CHECK, 1);
    samples.sample(Metric.OPS_BOOT_CHECK, 1, "a", "b");
    assertThat(samples.snapshots()).isEmpty();
    assertThat(samples.unusable()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.NEGATIVE_INFINITY})
  void aCounterThatIsNotOneIsLeftOut(double value) {
    samples.sample(Metric.OPS_SCRAPE_ERRORS, value, "busy");
    assertThat(samples.snapshots()).isEmpty();
    assertThat(samples.unusable()).isEqualTo(1);
  }

  @Test
  void aGaugeMayBeAnything() {
    samples.sample(Metric.OPS_UNEXPECTED_LISTENERS, -1);
    assertThat(samples.unusable()).isZero();
    assertThat(samples.snapshots()).hasSize(1);
  }

  @Test
  void aHistogramHasABucketForWhatIsAboveAllBounds() {
    Histogram values = new EventCounters().histogram(Metric.PROXY_HELLO_SIZE_BYTES, "a");
    values.record(517);
    values.record(70_000);
    samples.histogram(Metric.PROXY_HELLO_SIZE_BYTES, values, "a");

    var snapshot = (HistogramSnapshot) samples.snapshots().getFirst();
    var point = snapshot.getDataPoints().getFirst();
    assertThat(point.getLabels().get("listener")).isEqualTo("a");
    assertThat(point.getSum()).isEqualTo(70_517);
    assertThat(point.getClassicBuckets().stream().filter(bucket -> bucket.getCount() > 0))
        .extracting(ClassicHistogramBucket::getUpperBound)
        .containsExactly(1024.0, Double.POSITIVE_INFINITY);
  }

  @Test
  void oneValueIsNoHistogramAndAHistogramNoValue() {
    Histogram values = new EventCounters().histogram(Metric.PROXY_HELLO_SIZE_BYTES, "a");
    samples.sample(Metric.PROXY_HELLO_SIZE_BYTES, 517, "a");
    samples.histogram(Metric.OPS_BOOT_CHECK, values, "bind");
    assertThat(samples.snapshots()).isEmpty();
    assertThat(samples.unusable()).isEqualTo(2);
  }

  @Test
  void theArrayOfLabelsBelongsToTheCaller() {
    String[] labels = {"bind"};
    samples.sample(Metric.OPS_BOOT_CHECK, 1, labels);
    labels[0] = "ports";
    samples.sample(Metric.OPS_BOOT_CHECK, 0, labels);
    assertThat(((GaugeSnapshot) samples.snapshots().getFirst()).getDataPoints())
        .extracting(point -> point.getLabels().get("check"))
        .containsExactlyInAnyOrder("bind", "ports");
  }
}
