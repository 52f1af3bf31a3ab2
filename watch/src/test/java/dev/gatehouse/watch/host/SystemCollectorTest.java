package dev.gatehouse.watch.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.collector.RecordedSamples;
import dev.gatehouse.watch.procfs.KernelFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemCollectorTest {

  private static final String CPU0 = "cpu0 74369 0 23933 267845 479 0 6174 1762 0 0\n";
  private static final double KIB = 1024;

  @TempDir Path folder;
  private HostFixture host;

  @BeforeEach
  void newHost() {
    host = new HostFixture(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "user,743.69",
    "nice,0",
    "system,239.33",
    "idle,2678.45",
    "iowait,4.79",
    "irq,0",
    "softirq,61.74",
    "steal,17.62",
  })
  void timeOfAProcessorIsGivenByMode(String mode, double seconds) {
    stat("cpu  1 1 1 1 1 1 1 1 0 0\n" + CPU0 + "cpu1 1 2 3 4\n");
    RecordedSamples samples = collect();
    assertThat(samples.value(Metric.CPU_SECONDS, "cpu0", mode)).isEqualTo(seconds);
    assertThat(samples.labels(Metric.CPU_SECONDS, "cpu")).containsExactly("cpu0", "cpu1");
    assertThat(samples.value(Metric.CPU_CORES)).isEqualTo(2);
  }

  @Test
  void aShortLineOfAProcessorLosesTheModesThatAreNotThere() {
    stat("cpu0 1 2 3 4\n");
    RecordedSamples samples = collect();
    assertThat(samples.labels(Metric.CPU_SECONDS, "mode"))
        .containsExactlyInAnyOrder("user", "nice", "system", "idle");
  }

  @Test
  void timeThatRunsBackwardsStandsStill() {
    stat(CPU0);
    SystemCollector collector = collector();
    RecordedSamples.of(collector);
    stat("cpu0 74370 0 23934 267800 470 0 6174 1700 0 0\n");
    RecordedSamples samples = RecordedSamples.of(collector);
    assertThat(samples.value(Metric.CPU_SECONDS, "cpu0", "iowait")).isEqualTo(4.79);
    assertThat(samples.value(Metric.CPU_SECONDS, "cpu0", "idle")).isEqualTo(2678.45);
    assertThat(samples.value(Metric.CPU_SECONDS, "cpu0", "steal")).isEqualTo(17.62);
    assertThat(samples.value(Metric.CPU_SECONDS, "cpu0", "user")).isEqualTo(743.70);
  }

  @Test
  void readsTheTotalsOfTheHost() {
    stat("intr 5 6\nctxt 1990473\nbtime 1062191376\nprocesses 2915\nprocs_running 1\n");
    RecordedSamples samples = collect();
    assertThat(samples.value(Metric.CONTEXT_SWITCHES)).isEqualTo(1990473);
    assertThat(samples.value(Metric.FORKS)).isEqualTo(2915);
    assertThat(samples.value(Metric.BOOT_TIME_SECONDS)).isEqualTo(1062191376);
    assertThat(samples.value(Metric.PROCS, "running")).isOne();
    assertThat(samples.has(Metric.PROCS, "blocked")).isFalse();
    assertThat(samples.has(Metric.CPU_CORES)).isFalse();
  }

  @Test
  void theTimeOfBootStaysWhatItWasAtFirst() {
    stat("btime 100\n");
    SystemCollector collector = collector();
    RecordedSamples.of(collector);
    stat("btime 101\n");
    assertThat(RecordedSamples.of(collector).value(Metric.BOOT_TIME_SECONDS)).isEqualTo(100);
  }

  @Test
  void memoryIsTotalLessAvailable() {
    host.proc()
        .with(
            "meminfo",
            """
            MemTotal:        1000 kB
            MemFree:          200 kB
            MemAvailable:     600 kB
            Buffers:           50 kB
            Cached:           300 kB
            SwapCached:         9 kB
            SwapTotal:        500 kB
            SwapFree:         400 kB
            SReclaimable:      30 kB
            """);
    RecordedSamples samples = collect();
    assertThat(samples.value(Metric.MEMORY_BYTES, "total")).isEqualTo(1000 * KIB);
    assertThat(samples.value(Metric.MEMORY_BYTES, "free")).isEqualTo(200 * KIB);
    assertThat(samples.value(Metric.MEMORY_BYTES, "buffers")).isEqualTo(50 * KIB);
    assertThat(samples.value(Metric.MEMORY_BYTES, "cached")).isEqualTo(330 * KIB);
    assertThat(samples.value(Metric.MEMORY_BYTES, "available")).isEqualTo(600 * KIB);
    assertThat(samples.value(Metric.MEMORY_BYTES, "used")).isEqualTo(400 * KIB);
    assertThat(samples.value(Metric.SWAP_BYTES, "total")).isEqualTo(500 * KIB);
    assertThat(samples.value(Metric.SWAP_BYTES, "free")).isEqualTo(400 * KIB);
    assertThat(samples.value(Metric.SWAP_BYTES, "used")).isEqualTo(100 * KIB);
  }

  @Test
  void withoutAnAvailableFieldItIsWhatCanBeGivenBack() {
    host.proc()
        .with(
            "meminfo",
            """
            MemTotal: 1000 kB
            MemFree: 200 kB
            Buffers: 50 kB
            Cached: 300 kB
            SReclaimable: 30 kB
            """);
    RecordedSamples samples = collect();
    assertThat(samples.value(Metric.MEMORY_BYTES, "available")).isEqualTo(580 * KIB);
    assertThat(samples.value(Metric.MEMORY_BYTES, "used")).isEqualTo(420 * KIB);
    assertThat(samples.labels(Metric.SWAP_BYTES, "type")).isEmpty();
  }

  @Test
  void aMissingFieldOfMemoryCostsWhatIsMadeOfIt() {
    host.proc().with("meminfo", "MemTotal: 1000 kB\nMemFree: 200 kB\n");
    assertThat(collect().labels(Metric.MEMORY_BYTES, "type"))
        .containsExactlyInAnyOrder("total", "free");
  }

  @Test
  void swappedPagesAreBytes() {
    host.proc().with("vmstat", "nr_free_pages 5\npswpin 3\npswpout 4\n");
    RecordedSamples samples = collect();
    assertThat(samples.value(Metric.SWAP_IO_BYTES, "in")).isEqualTo(3 * 4096);
    assertThat(samples.value(Metric.SWAP_IO_BYTES, "out")).isEqualTo(4 * 4096);
  }

  @Test
  void readsLoadUptimeAndOpenFiles() {
    host.proc()
        .with("loadavg", "0.72 0.54 3.30 2/511 9291\n")
        .with("uptime", "1616.44 2678.45\n")
        .with("sys/fs/file-nr", "1248\t0\t9223372036854775807\n");
    RecordedSamples samples = collect();
    assertThat(samples.value(Metric.LOAD_AVERAGE, "1m")).isEqualTo(0.72);
    assertThat(samples.value(Metric.LOAD_AVERAGE, "5m")).isEqualTo(0.54);
    assertThat(samples.value(Metric.LOAD_AVERAGE, "15m")).isEqualTo(3.3);
    assertThat(samples.value(Metric.UPTIME_SECONDS)).isEqualTo(1616.44);
    assertThat(samples.value(Metric.FILE_DESCRIPTORS)).isEqualTo(1248);
    assertThat(samples.value(Metric.FILE_DESCRIPTORS_LIMIT)).isEqualTo(0x1p63);
  }

  @Test
  void tellsWhichHostThisIs() {
    host.etc().with("os-release", "NAME=\"Debian GNU/Linux\"\nID=debian\nVERSION_ID=\"13\"\n");
    host.proc()
        .with("sys/kernel/hostname", "edge-1\n")
        .with("sys/kernel/osrelease", "6.12.0-1-amd64\n")
        .with("sys/kernel/arch", "x86_64\n");
    assertThat(
            collect()
                .has(
                    Metric.HOST,
                    "edge-1",
                    "linux",
                    "debian",
                    "13",
                    "6.12.0-1-amd64",
                    "x86_64",
                    "1.2.3"))
        .isTrue();
  }

  @Test
  void aHostThatTellsNothingStillHasItsIdentity() {
    assertThat(collect().metrics()).containsExactlyElementsOf(List.of(Metric.HOST));
  }

  private void stat(String content) {
    host.proc().with("stat", content);
  }

  private SystemCollector collector() {
    return new SystemCollector(host.sources(), new KernelFiles());
  }

  private RecordedSamples collect() {
    return RecordedSamples.of(collector());
  }
}
