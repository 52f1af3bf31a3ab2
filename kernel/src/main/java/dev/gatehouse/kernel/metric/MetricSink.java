package dev.gatehouse.kernel.metric;

/** Receives the samples of one scrape. */
@FunctionalInterface
public interface MetricSink {

  /**
   * Takes one sample.
   *
   * @param labelValues in the order of {@link Metric#labels}; not kept by the caller
   */
  void sample(Metric metric, double value, String... labelValues);

  /** Takes one distribution; a sink that knows single values only gets the count. */
  default void histogram(Metric metric, Histogram values, String... labelValues) {
    sample(metric, (double) values.count(), labelValues);
  }
}
