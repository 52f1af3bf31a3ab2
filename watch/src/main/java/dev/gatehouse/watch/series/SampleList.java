package dev.gatehouse.watch.series;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples made by a scan and handed over at each scrape until the next.
 *
 * <p>Filled by the scan's thread, then published and not changed any more.
 */
public final class SampleList implements MetricSource {

  private final List<Metric> metrics = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();
  private final List<String[]> labels = new ArrayList<>();

  /** Adds a sample; the array of labels is shared from scan to scan and never changed. */
  public void add(Metric metric, double value, String... labelValues) {
    metrics.add(metric);
    values.add(value);
    labels.add(labelValues);
  }

  @Override
  public void collect(MetricSink sink) {
    for (int i = 0; i < metrics.size(); i++) {
      sink.sample(metrics.get(i), values.get(i), labels.get(i));
    }
  }
}
