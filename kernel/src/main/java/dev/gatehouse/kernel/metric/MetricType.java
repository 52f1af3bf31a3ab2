package dev.gatehouse.kernel.metric;

/** How a metric's samples are to be read. */
public enum MetricType {
  COUNTER,
  GAUGE,
  INFO,
  HISTOGRAM
}
