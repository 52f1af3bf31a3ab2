package dev.gatehouse.control.ops.scrape;

import dev.gatehouse.control.ops.page.Answer;
import dev.gatehouse.control.ops.page.Page;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.MetricSource;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every part for its samples and writes them down. */
public final class MetricsPage implements Page {

  private static final Logger log = LoggerFactory.getLogger(MetricsPage.class);

  private static final Answer BUSY =
      new Answer(
          503,
          "text/plain; charset=utf-8",
          "503 too many scrapes wait\n",
          Map.of("Retry-After", "1"));

  private final List<MetricSource> sources;
  private final Supplier<MetricSnapshots> jvm;
  private final ScrapeErrors errors;
  private final ScrapeQueue queue = new ScrapeQueue();
  private final Set<Class<?>> reported = ConcurrentHashMap.newKeySet();

  private MetricsPage(
      List<MetricSource> sources, Supplier<MetricSnapshots> jvm, EventCounters counters) {
    this.sources = List.copyOf(sources);
    this.jvm = jvm;
    this.errors = ScrapeErrors.in(counters);
  }

  /** The samples of these parts. */
  public static MetricsPage of(List<MetricSource> sources, EventCounters counters) {
    return new MetricsPage(sources, MetricSnapshots::new, counters);
  }

  /** The samples of these parts, of the JVM and of the process as such. */
  public static MetricsPage withJvm(List<MetricSource> sources, EventCounters counters) {
    return new MetricsPage(sources, new JvmSamples(), counters);
  }

  @Override
  public Answer answer(String accept) {
    return queue.run(() -> scrape(accept)).orElseGet(this::busy);
  }

  private Answer busy() {
    errors.busy().increment();
    return BUSY;
  }

  private Answer scrape(String accept) {
    MetricSnapshots gathered = gather();
    try {
      return Exposition.preferred(accept).answer(gathered);
    } catch (RuntimeException e) {
      errors.encoding().increment();
      throw e;
    }
  }

  private MetricSnapshots gather() {
    Samples samples = new Samples();
    sources.forEach(source -> collect(source, samples));
    errors.encoding().add(samples.unusable());
    List<MetricSnapshot> all = new ArrayList<>(samples.snapshots());
    jvm.get().forEach(all::add);
    return new MetricSnapshots(all);
  }

  /** One part that breaks does not hide the others: it is counted, and told once. */
  private void collect(MetricSource source, Samples samples) {
    try {
      source.collect(samples);
    } catch (RuntimeException e) {
      errors.gathering().increment();
      if (reported.add(source.getClass())) {
        log.atError()
            .setMessage("metric_source_failed")
            .addKeyValue("source", source.getClass().getSimpleName())
            .setCause(e)
            .log();
      }
    }
  }
}
