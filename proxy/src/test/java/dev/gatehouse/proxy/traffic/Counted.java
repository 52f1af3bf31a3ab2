package dev.gatehouse.proxy.traffic;

import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What some counters say at the moment. */
final class Counted implements MetricSink {

  private record Series(Metric metric, List<String> labels) {}

  private final Map<Series, Double> samples = new ConcurrentHashMap<>();

  static Counted of(MetricSource... sources) {
    Counted counted = new Counted();
    Arrays.stream(sources).forEach(source -> source.collect(counted));
    return counted;
  }

  /** One sample, which is there. */
  double sample(Metric metric, String... labels) {
    Double value = samples.get(new Series(metric, List.of(labels)));
    if (value == null) {
      throw new AssertionError(metric + " " + List.of(labels) + ": no such series");
    }
    return value;
  }

  /** All series of a metric. */
  List<List<String>> series(Metric metric) {
    return samples.keySet().stream()
        .filter(series -> series.metric == metric)
        .map(Series::labels)
        .toList();
  }

  @Override
  public void sample(Metric metric, double value, String... labels) {
    samples.put(new Series(metric, List.of(labels)), value);
  }

  @Override
  public void histogram(Metric metric, Histogram values, String... labels) {
    samples.put(new Series(metric, List.of(labels)), (double) Arrays.stream(values.counts()).sum());
  }
}
