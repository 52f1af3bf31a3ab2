package dev.gatehouse.watch.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.collector.RecordedSamples;
import dev.gatehouse.watch.procfs.KernelFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PressureCollectorTest {

  @TempDir Path folder;

  @Test
  void theTotalsAreSeconds() {
    HostFixture host = new HostFixture(folder);
    host.proc()
        .with("pressure/cpu", "some avg10=0.55 avg60=12.57 avg300=8.58 total=68507650\n")
        .with(
            "pressure/io",
            "some avg10=0.00 avg60=0.00 avg300=0.00 total=2000000\nfull avg10=0.00 total=1\n");
    RecordedSamples samples = collect(host);
    assertThat(samples.value(Metric.PRESSURE_STALLED_SECONDS, "cpu", "some"))
        .isCloseTo(68.50765, within(1e-9));
    assertThat(samples.value(Metric.PRESSURE_STALLED_SECONDS, "io", "some")).isEqualTo(2);
    assertThat(samples.value(Metric.PRESSURE_STALLED_SECONDS, "io", "full")).isEqualTo(1e-6);
    assertThat(samples.size()).isEqualTo(3);
  }

  @Test
  void aKernelWithoutItHasNoSeries() {
    HostFixture host = new HostFixture(folder);
    assertThat(collect(host).size()).isZero();
    host.proc().with("pressure/cpu", "some avg10=0.00 total=\nother total=5\n");
    assertThat(collect(host).size()).isZero();
  }

  private static RecordedSamples collect(HostFixture host) {
    return RecordedSamples.of(new PressureCollector(host.sources(), new KernelFiles()));
  }
}
