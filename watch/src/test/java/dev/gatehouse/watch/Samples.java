package dev.gatehouse.watch;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A scrape, as text and value per series. */
public final class Samples implements MetricSink {

  private final Map<String, Double> values = new TreeMap<>();
  private final List<String> repeated = new ArrayList<>();

  public static Samples of(MetricSource... sources) {
    Samples samples = new Samples();
    for (MetricSource source : sources) {
      source.collect(samples);
    }
    return samples;
  }

  @Override
  public void sample(Metric metric, double value, String... labelValues) {
    if (labelValues.length != metric.labels().size()) {
      throw new IllegalArgumentException(metric + ": " + Arrays.toString(labelValues));
    }
    String key = metric + Arrays.toString(labelValues);
    if (values.put(key, value) != null) {
      repeated.add(key);
    }
  }

  public Double value(Metric metric, String... labelValues) {
    Double value = values.get(metric + Arrays.toString(labelValues));
    if (value == null) {
      throw new AssertionError(metric + Arrays.toString(labelValues) + " is not among " + values);
    }
    return value;
  }

  /** The label values of a metric's series. */
  public List<String> series(Metric metric) {
    String prefix = metric + "[";
    return values.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length(), key.length() - 1))
        .collect(Collectors.toList());
  }

  /** Series that came more than once. */
  public List<String> repeated() {
    return repeated;
  }
}
