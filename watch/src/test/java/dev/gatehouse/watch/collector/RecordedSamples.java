package dev.gatehouse.watch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The samples of one scrape, refusing a series that comes twice or with wrong labels. */
public final class RecordedSamples implements MetricSink {

  private record Series(Metric metric, List<String> labelValues) {}

  private final Map<Series, Double> values = new LinkedHashMap<>();

  public static RecordedSamples of(MetricSource source) {
    RecordedSamples samples = new RecordedSamples();
    source.collect(samples);
    return samples;
  }

  @Override
  public void sample(Metric metric, double value, String... labelValues) {
    assertThat(labelValues).as("labels of %s", metric).hasSameSizeAs(metric.labels());
    assertThat(value).as("%s %s", metric, List.of(labelValues)).isFinite();
    assertThat(values.put(new Series(metric, List.of(labelValues)), value))
        .as("%s %s comes twice", metric, List.of(labelValues))
        .isNull();
  }

  /** The value of a series that must be there. */
  public double value(Metric metric, String... labelValues) {
    Series series = new Series(metric, List.of(labelValues));
    assertThat(values).containsKey(series);
    return values.getOrDefault(series, Double.NaN);
  }

  public boolean has(Metric metric, String... labelValues) {
    return values.containsKey(new Series(metric, List.of(labelValues)));
  }

  public Set<Metric> metrics() {
    Set<Metric> metrics = new TreeSet<>();
    values.keySet().forEach(series -> metrics.add(series.metric()));
    return metrics;
  }

  /** The values of a label over all series of a metric. */
  public Set<String> labels(Metric metric, String label) {
    Set<String> found = new TreeSet<>();
    for (Series series : values.keySet()) {
      if (series.metric() == metric) {
        found.add(series.labelValues().get(metric.labels().indexOf(label)));
      }
    }
    return found;
  }

  public int size() {
    return values.size();
  }
}
