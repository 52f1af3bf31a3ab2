package dev.gatehouse.watch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CollectorTimingsTest {

  @RegisterExtension final LogGuard log = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final EventCounters counters = new EventCounters();
  private final CollectorTimings timings = new CollectorTimings(ticker, counters);

  @Test
  void everyCollectorHasItsFailuresCountedFromNought() {
    assertThat(RecordedSamples.of(counters).labels(Metric.COLLECTOR_SCRAPE_PANICS, "collector"))
        .containsExactlyInAnyOrder(
            "netstat",
            "connections",
            "namespaces",
            "system",
            "pressure",
            "disk",
            "filesystem",
            "network",
            "process",
            "sockstat",
            "snmp",
            "conntrack");
    assertThat(RecordedSamples.of(timings).size()).isZero();
  }

  @Test
  void theLastDurationIsKept() {
    timings.run(Collector.DISK, () -> ticker.advance(Duration.ofMillis(250)));
    timings.run(Collector.DISK, () -> ticker.advance(Duration.ofMillis(50)));
    timings.guard(Collector.DISK, () -> ticker.advance(Duration.ofMillis(10)));
    RecordedSamples samples = RecordedSamples.of(timings);
    assertThat(samples.value(Metric.COLLECTOR_SCRAPE_DURATION_SECONDS, "disk")).isEqualTo(0.05);
    assertThat(samples.size()).isOne();
  }

  @Test
  void aFailureIsCountedAndLoggedOnceAnHour() {
    log.expect("collector_failed");
    fail(Collector.SNMP);
    ticker.advance(Duration.ofMinutes(59));
    fail(Collector.SNMP);
    fail(Collector.DISK);
    assertThat(log.events("collector_failed"))
        .extracting(event -> event.fields().get("collector"))
        .containsExactly("snmp", "disk");
    ticker.advance(Duration.ofMinutes(1));
    fail(Collector.SNMP);
    assertThat(log.events("collector_failed")).hasSize(3);
    assertThat(RecordedSamples.of(counters).value(Metric.COLLECTOR_SCRAPE_PANICS, "snmp"))
        .isEqualTo(3);
  }

  @Test
  void aFailureTellsItsReasonAndKeepsItsDuration() {
    log.expect("collector_failed");
    timings.run(
        Collector.SYSTEM,
        () -> {
          ticker.advance(Duration.ofSeconds(2));
          throw new IllegalStateException("no such field");
        });
    assertThat(log.events("collector_failed").getFirst().fields().get("reason"))
        .contains("no such field");
    assertThat(
            RecordedSamples.of(timings).value(Metric.COLLECTOR_SCRAPE_DURATION_SECONDS, "system"))
        .isEqualTo(2);
  }

  @Test
  void anInterruptIsNoFailureAndIsKept() {
    timings.run(
        Collector.FILESYSTEM,
        () -> {
          throw new InterruptedException();
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(RecordedSamples.of(counters).value(Metric.COLLECTOR_SCRAPE_PANICS, "filesystem"))
        .isZero();
  }

  private void fail(Collector collector) {
    timings.run(
        collector,
        () -> {
          throw new IllegalStateException("broken");
        });
  }
}
