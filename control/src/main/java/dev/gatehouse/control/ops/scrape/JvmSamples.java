package dev.gatehouse.control.ops.scrape;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Supplier;

/** What the official client measures of the JVM and the process, in a registry of its own. */
final class JvmSamples implements Supplier<MetricSnapshots> {

  private final PrometheusRegistry registry = new PrometheusRegistry();

  JvmSamples() {
    JvmMetrics.builder().register(registry);
  }

  @Override
  public MetricSnapshots get() {
    return registry.scrape();
  }
}
