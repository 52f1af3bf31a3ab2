package dev.gatehouse.watch.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.collector.RecordedSamples;
import dev.gatehouse.watch.procfs.KernelFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCollectorTest {

  @TempDir Path folder;

  @Test
  void readsTheFieldsByTheirNumbers() {
    RecordedSamples samples =
        collect("   8       0 sda 1 2 3 4000 5 6 7 8000 9 10000 11000 12 13 14 15 16 17\n");
    assertThat(samples.value(Metric.DISK_READ_OPS, "sda")).isEqualTo(1);
    assertThat(samples.value(Metric.DISK_READ_BYTES, "sda")).isEqualTo(3 * 512);
    assertThat(samples.value(Metric.DISK_READ_TIME_SECONDS, "sda")).isEqualTo(4);
    assertThat(samples.value(Metric.DISK_WRITE_OPS, "sda")).isEqualTo(5);
    assertThat(samples.value(Metric.DISK_WRITE_BYTES, "sda")).isEqualTo(7 * 512);
    assertThat(samples.value(Metric.DISK_WRITE_TIME_SECONDS, "sda")).isEqualTo(8);
    assertThat(samples.value(Metric.DISK_IO_IN_PROGRESS, "sda")).isEqualTo(9);
    assertThat(samples.value(Metric.DISK_IO_TIME_SECONDS, "sda")).isEqualTo(10);
    assertThat(samples.value(Metric.DISK_IO_TIME_WEIGHTED_SECONDS, "sda")).isEqualTo(11);
    assertThat(samples.size()).isEqualTo(9);
  }

  @Test
  void leavesOutIgnoredDevices() {
    RecordedSamples samples =
        collect("7 0 loop0 1 2 3\n8 0 sda 1 2 3\n253 0 zram0 1 2 3\n11 0 sr0 1\n259 0 nvme0n1 1\n");
    assertThat(samples.labels(Metric.DISK_READ_OPS, "device")).containsExactly("nvme0n1", "sda");
  }

  @Test
  void aCutLineLosesItsLastFields() {
    RecordedSamples samples = collect("8 0 sda 1 2 3\n8 1\n\n");
    assertThat(samples.metrics())
        .containsExactlyInAnyOrder(Metric.DISK_READ_OPS, Metric.DISK_READ_BYTES);
  }

  private RecordedSamples collect(String diskstats) {
    HostFixture host = new HostFixture(folder);
    host.proc().with("diskstats", diskstats);
    NamePatterns ignored = new NamePatterns(HostConfig.defaults().ignoreDevices());
    return RecordedSamples.of(new DiskCollector(host.sources(), new KernelFiles(), () -> ignored));
  }
}
