package dev.gatehouse.kernel.metric;

/** How a metric's samples are to be read; those of {@link #INFO} have the value 1. */
public enum MetricType {
  COUNTER("_total"),
  GAUGE(""),
  INFO("_info"),
  HISTOGRAM("");

  private final String suffix;

  MetricType(String suffix) {
    this.suffix = suffix;
  }

  /** What the names of this type end in. */
  public String suffix() {
    return suffix;
  }
}
