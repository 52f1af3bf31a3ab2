package dev.gatehouse.kernel.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters and histograms of events, each there at 0 from the moment it is asked for.
 *
 * <p>A part asks for its own when it is built and keeps them, so that counting is one addition
 * without a lookup.
 */
public final class EventCounters implements MetricSource {

  private record Series(Metric metric, List<String> labelValues) {

    Series {
      if (labelValues.size() != metric.labels().size()) {
        throw new IllegalArgumentException(
            metric + ": labels " + labelValues + " (expected: " + metric.labels() + ")");
      }
    }

    static Series of(Metric metric, String... labelValues) {
      return new Series(metric, List.copyOf(Arrays.asList(labelValues)));
    }

    boolean has(Map<String, String> labels) {
      return labels.entrySet().stream().allMatch(label -> has(label.getKey(), label.getValue()));
    }

    private boolean has(String name, String value) {
      int place = metric.labels().indexOf(name);
      return place >= 0 && labelValues.get(place).equals(value);
    }

    String[] labels() {
      return labelValues.toArray(String[]::new);
    }
  }

  private final Set<Metric> silent;
  private final Map<Series, LongAdder> counters = new ConcurrentHashMap<>();
  private final Map<Series, Histogram> histograms = new ConcurrentHashMap<>();

  /** All of the catalogue. */
  public EventCounters() {
    this(Set.of());
  }

  /**
   * All but some.
   *
   * @param silent histograms that nobody wants to see; what is recorded in them is not told
   */
  public EventCounters(Set<Metric> silent) {
    this.silent = Set.copyOf(silent);
  }

  /**
   * The counter of one combination of label values.
   *
   * @throws IllegalArgumentException if their number is not that of the metric's labels
   */
  public LongAdder counter(Metric metric, String... labelValues) {
    return counters.computeIfAbsent(Series.of(metric, labelValues), first -> new LongAdder());
  }

  /**
   * The histogram of one combination of label values.
   *
   * @throws IllegalArgumentException as for a counter, or if the metric is no histogram
   */
  public Histogram histogram(Metric metric, String... labelValues) {
    if (metric.type() != MetricType.HISTOGRAM) {
      throw new IllegalArgumentException(
          metric + ": " + metric.type() + " (expected: " + MetricType.HISTOGRAM + ")");
    }
    Series series = Series.of(metric, labelValues);
    return silent.contains(metric)
        ? new Histogram(metric.buckets())
        : histograms.computeIfAbsent(series, first -> new Histogram(metric.buckets()));
  }

  /**
   * Forgets every series that has these values under these labels, since what they tell of is gone;
   * whoever still counts on one counts for nobody.
   */
  public void forget(Map<String, String> labels) {
    counters.keySet().removeIf(series -> series.has(labels));
    histograms.keySet().removeIf(series -> series.has(labels));
  }

  @Override
  public void collect(MetricSink sink) {
    counters.forEach((key, adder) -> sink.sample(key.metric(), (double) adder.sum(), key.labels()));
    histograms.forEach((key, values) -> sink.histogram(key.metric(), values, key.labels()));
  }
}
