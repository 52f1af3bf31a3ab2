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
}
