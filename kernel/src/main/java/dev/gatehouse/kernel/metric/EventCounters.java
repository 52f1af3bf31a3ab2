package dev.gatehouse.kernel.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of events, each there at 0 from the moment it is asked for.
 *
 * <p>A part asks for its counters when it is built and keeps the adders, so that counting is one
 * addition without a lookup.
 */
public final class EventCounters implements MetricSource {

  private record Series(Metric metric, List<String> labelValues) {}

  private final Map<Series, LongAdder> series = new ConcurrentHashMap<>();

  /**
   * The counter of one combination of label values.
   *
   * @throws IllegalArgumentException if their number is not that of the metric's labels
   */
  public LongAdder counter(Metric metric, String... labelValues) {
    if (labelValues.length != metric.labels().size()) {
      throw new IllegalArgumentException(
          metric
              + ": labels "
              + Arrays.toString(labelValues)
              + " (expected: "
              + metric.labels()
              + ")");
    }
    return series.computeIfAbsent(new Series(metric, List.of(labelValues)), key -> new LongAdder());
  }

  @Override
  public void collect(MetricSink sink) {
    series.forEach(
        (key, adder) ->
            sink.sample(
                key.metric(), (double) adder.sum(), key.labelValues().toArray(String[]::new)));
  }
}
