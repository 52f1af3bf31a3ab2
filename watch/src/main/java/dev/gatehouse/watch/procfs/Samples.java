package dev.gatehouse.watch.procfs;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;

/** Hands over only what was there: a missing field costs its own series and no other. */
public final class Samples {

  private Samples() {}

  public static void present(MetricSink sink, Metric metric, long value, String... labelValues) {
    scaled(sink, metric, value, 1, labelValues);
  }

  /** The value times a unit. */
  public static void scaled(
      MetricSink sink, Metric metric, long value, double unit, String... labelValues) {
    if (value != TextCursor.ABSENT) {
      sink.sample(metric, (double) value * unit, labelValues);
    }
  }
}
