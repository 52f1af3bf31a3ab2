package dev.gatehouse.control.ops.scrape;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricType;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of one scrape, sorted by metric.
 *
 * <p>What the text format cannot say is left out and counted: a series that is there already (the
 * first one stays), the wrong number of labels, a counter that is negative or no number.
 */
final class Samples implements MetricSink {

  private final Map<Metric, Map<List<String>, Double>> byMetric = new EnumMap<>(Metric.class);
  private int unusable;

  @Override
  public void sample(Metric metric, double value, String... labelValues) {
    if (labelValues.length != metric.labels().size() || !isValid(metric.type(), value)) {
      unusable++;
      return;
    }
    var series = byMetric.computeIfAbsent(metric, first -> new LinkedHashMap<>());
    if (series.putIfAbsent(List.copyOf(Arrays.asList(labelValues)), value) != null) {
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
    byMetric.forEach((metric, series) -> snapshots.add(snapshot(metric, series)));
    return snapshots;
  }

  private static boolean isValid(MetricType type, double value) {
    return switch (type) {
      case COUNTER -> value >= 0;
      case GAUGE, INFO -> true;
      // a distribution is not one value
      case HISTOGRAM -> false;
    };
  }

  private static MetricSnapshot snapshot(Metric metric, Map<List<String>, Double> series) {
    MetricMetadata about = new MetricMetadata(metric.baseName(), metric.help());
    return switch (metric.type()) {
      case COUNTER -> counter(about, metric, series);
      case GAUGE -> gauge(about, metric, series);
      case INFO -> info(about, metric, series);
      case HISTOGRAM -> throw new IllegalStateException(metric + ": a histogram of samples");
    };
  }

  private static MetricSnapshot counter(
      MetricMetadata about, Metric metric, Map<List<String>, Double> series) {
    List<CounterDataPointSnapshot> points = new ArrayList<>(series.size());
    series.forEach(
        (values, value) ->
            points.add(new CounterDataPointSnapshot(value, labels(metric, values), null, 0)));
    return new CounterSnapshot(about, points);
  }

  private static MetricSnapshot gauge(
      MetricMetadata about, Metric metric, Map<List<String>, Double> series) {
    List<GaugeDataPointSnapshot> points = new ArrayList<>(series.size());
    series.forEach(
        (values, value) ->
            points.add(new GaugeDataPointSnapshot(value, labels(metric, values), null)));
    return new GaugeSnapshot(about, points);
  }

  private static MetricSnapshot info(
      MetricMetadata about, Metric metric, Map<List<String>, Double> series) {
    List<InfoDataPointSnapshot> points = new ArrayList<>(series.size());
    series
        .keySet()
        .forEach(values -> points.add(new InfoDataPointSnapshot(labels(metric, values))));
    return new InfoSnapshot(about, points);
  }

  private static Labels labels(Metric metric, List<String> values) {
    return Labels.of(metric.labels(), values);
  }
}
