package dev.gatehouse.control.ops.scrape;

import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricType;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The samples of one scrape, sorted by metric.
 *
 * <p>What the text format cannot say is left out and counted: a series that is there already (the
 * first one stays), the wrong number of labels, a counter that is negative or no number, a
 * distribution where one value is meant and the other way around.
 */
final class Samples implements MetricSink {

  private final Map<Metric, Map<Labels, DataPointSnapshot>> byMetric = new EnumMap<>(Metric.class);
  private int unusable;

  @Override
  public void sample(Metric metric, double value, String... labelValues) {
    if (isValid(metric.type(), value)) {
      add(metric, labelValues, labels -> point(metric.type(), value, labels));
    } else {
      unusable++;
    }
  }

  @Override
  public void histogram(Metric metric, Histogram values, String... labelValues) {
    if (metric.type() == MetricType.HISTOGRAM) {
      add(metric, labelValues, labels -> point(metric.buckets(), values, labels));
    } else {
      unusable++;
    }
  }

  /** How many samples were left out. */
  int unusable() {
    return unusable;
  }

  /** All metrics that have samples, in the order of the catalogue. */
  List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    byMetric.forEach((metric, series) -> snapshots.add(snapshot(metric, series.values())));
    return snapshots;
  }

  private void add(Metric metric, String[] labelValues, Function<Labels, DataPointSnapshot> point) {
    if (labelValues.length != metric.labels().size()) {
      unusable++;
      return;
    }
    Labels labels = Labels.of(metric.labels(), Arrays.asList(labelValues));
    var series = byMetric.computeIfAbsent(metric, first -> new LinkedHashMap<>());
    if (series.putIfAbsent(labels, point.apply(labels)) != null) {
      unusable++;
    }
  }

  private static boolean isValid(MetricType type, double value) {
    return switch (type) {
      case COUNTER -> value >= 0;
      case GAUGE, INFO -> true;
      case HISTOGRAM -> false;
    };
  }

  private static DataPointSnapshot point(MetricType type, double value, Labels labels) {
    return switch (type) {
      case COUNTER -> new CounterDataPointSnapshot(value, labels, null, 0);
      case GAUGE -> new GaugeDataPointSnapshot(value, labels, null);
      case INFO -> new InfoDataPointSnapshot(labels);
      case HISTOGRAM -> throw new IllegalStateException("one value: " + type);
    };
  }

  private static DataPointSnapshot point(List<Double> bounds, Histogram values, Labels labels) {
    List<Double> all = new ArrayList<>(bounds);
    all.add(Double.POSITIVE_INFINITY);
    ClassicHistogramBuckets buckets =
        ClassicHistogramBuckets.of(all, Arrays.stream(values.counts()).boxed().toList());
    return new HistogramDataPointSnapshot(buckets, values.sum(), labels, Exemplars.EMPTY, 0);
  }

  private static MetricSnapshot snapshot(Metric metric, Collection<DataPointSnapshot> points) {
    MetricMetadata about = new MetricMetadata(metric.baseName(), metric.help());
    return switch (metric.type()) {
      case COUNTER -> new CounterSnapshot(about, all(CounterDataPointSnapshot.class, points));
      case GAUGE -> new GaugeSnapshot(about, all(GaugeDataPointSnapshot.class, points));
      case INFO -> new InfoSnapshot(about, all(InfoDataPointSnapshot.class, points));
      case HISTOGRAM -> new HistogramSnapshot(about, all(HistogramDataPointSnapshot.class, points));
    };
  }

  private static <T> List<T> all(Class<T> type, Collection<DataPointSnapshot> points) {
    return points.stream().map(type::cast).toList();
  }
}
