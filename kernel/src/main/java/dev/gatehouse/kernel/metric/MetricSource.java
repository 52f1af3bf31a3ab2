package dev.gatehouse.kernel.metric;

/** A part of the product that knows samples: it hands them over when somebody scrapes. */
@FunctionalInterface
public interface MetricSource {

  /** Hands the present samples to the sink; a series whose condition is gone is left out. */
  void collect(MetricSink sink);
}
