package dev.gatehouse.watch.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.PartContract;
import dev.gatehouse.watch.collector.Collector;
import dev.gatehouse.watch.collector.CollectorTimings;
import dev.gatehouse.watch.collector.RecordedSamples;
import dev.gatehouse.watch.process.ProcessFiles;
import dev.gatehouse.watch.procfs.KernelFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole on the host on which the tests run, and its parts where they must fail. */
class HostCollectorsTest extends PartContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension final LogGuard log = new LogGuard();
  @TempDir Path folder;

  private final EventCounters counters = new EventCounters();
  private final CollectorTimings timings = new CollectorTimings(Ticker.system(), counters);

  @Override
  protected Part newPart() {
    return collectors(HostConfig.defaults(), HostSources.ofThisHost("1.2.3"));
  }

  @Test
  void measuresTheHostOnWhichItRuns() {
    HostCollectors collectors = collectors(HostConfig.defaults(), HostSources.ofThisHost("1.2.3"));
    collectors.start();
    try {
      RecordedSamples samples = RecordedSamples.of(collectors);
      RecordedSamples later = RecordedSamples.of(collectors);
      assertThat(samples.labels(Metric.CPU_SECONDS, "mode"))
          .containsExactlyInAnyOrder(
              "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal");
      assertThat(samples.value(Metric.CPU_CORES))
          .isEqualTo(samples.labels(Metric.CPU_SECONDS, "cpu").size());
      assertThat(later.value(Metric.CPU_SECONDS, "cpu0", "idle"))
          .isGreaterThanOrEqualTo(samples.value(Metric.CPU_SECONDS, "cpu0", "idle"));
      assertThat(samples.value(Metric.MEMORY_BYTES, "total"))
          .isCloseTo(
              samples.value(Metric.MEMORY_BYTES, "used")
                  + samples.value(Metric.MEMORY_BYTES, "available"),
              within(1.0));
      assertThat(samples.value(Metric.PROCESS_NUM_PROCS, ownName())).isPositive();
      assertThat(samples.labels(Metric.NETWORK, "interface")).contains("lo");
      assertThat(samples.metrics())
          .contains(
              Metric.HOST,
              Metric.UPTIME_SECONDS,
              Metric.LOAD_AVERAGE,
              Metric.SOCKSTAT_SOCKETS,
              Metric.NETSTAT_TCP_IN_SEGS,
              Metric.FILE_DESCRIPTORS_LIMIT);
    } finally {
      collectors.close();
    }
    assertThat(
            RecordedSamples.of(timings)
                .labels(Metric.COLLECTOR_SCRAPE_DURATION_SECONDS, "collector"))
        .containsExactlyInAnyOrderElementsOf(
            HostConfig.ALL.stream().map(Collector::label).toList());
  }

  @Test
  void onlyConfiguredCollectorsRunAndAReloadChangesThem() {
    HostFixture host = new HostFixture(folder);
    host.proc().with("loadavg", "1.0 2.0 3.0\n").with("diskstats", "8 0 sda 1 2 3\n");
    HostCollectors collectors = collectors(only(Collector.DISK), host.sources());
    assertThat(RecordedSamples.of(collectors).metrics())
        .containsExactlyInAnyOrder(Metric.DISK_READ_OPS, Metric.DISK_READ_BYTES);
    collectors.reload(only(Collector.SYSTEM));
    assertThat(RecordedSamples.of(collectors).metrics())
        .containsExactlyInAnyOrder(Metric.LOAD_AVERAGE, Metric.HOST);
    collectors.close();
  }

  @Test
  void aCollectorThatFailsLeavesTheOthersAlone() {
    log.expect("collector_failed");
    HostFixture host = new HostFixture(folder);
    host.proc().with("self/net/dev", "eth0: 1\n").with("self/net/snmp", "Tcp: InSegs\nTcp: 1\n");
    HostSources sources = host.sources();
    HostSources broken =
        new HostSources(
            sources.proc(),
            sources.sys(),
            sources.etc(),
            sources.clockTicksPerSecond(),
            sources.pageBytes(),
            name -> {
              throw new IllegalStateException("broken");
            },
            sources.filesystems(),
            sources.version());
    HostCollectors collectors = collectors(HostConfig.defaults(), broken);
    assertThat(RecordedSamples.of(collectors).value(Metric.NETSTAT_TCP_IN_SEGS)).isOne();
    assertThat(RecordedSamples.of(counters).value(Metric.COLLECTOR_SCRAPE_PANICS, "network"))
        .isOne();
    collectors.close();
  }

  private HostCollectors collectors(HostConfig config, HostSources sources) {
    return new HostCollectors(config, sources, PATIENCE, Ticker.system(), timings);
  }

  private static HostConfig only(Collector collector) {
    return new HostConfig(
        Set.of(collector),
        Duration.ofSeconds(15),
        10,
        Duration.ofSeconds(1),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static String ownName() {
    int pid = (int) ProcessHandle.current().pid();
    ProcessFiles files = new ProcessFiles(Path.of("/proc"), new KernelFiles());
    return files.name(pid, files.stat(pid).orElseThrow());
  }
}
