package dev.gatehouse.watch.host;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.Samples;
import dev.gatehouse.watch.procfs.TextCursor;
import java.nio.file.Path;
import java.util.List;

/** Time in which work waited for a resource, by the kernel's pressure stall information. */
final class PressureCollector implements MetricSource {

  private static final List<String> RESOURCES = List.of("cpu", "memory", "io");
  private static final double SECONDS_PER_MICRO = 1e-6;

  private final Path folder;
  private final KernelFiles files;

  PressureCollector(HostSources sources, KernelFiles files) {
    this.folder = sources.proc().resolve("pressure");
    this.files = files;
  }

  @Override
  public void collect(MetricSink sink) {
    for (String resource : RESOURCES) {
      TextCursor file = files.read(folder.resolve(resource));
      while (file.nextLine()) {
        if (file.accept("some")) {
          sample(sink, resource, "some", total(file));
        } else if (file.accept("full")) {
          sample(sink, resource, "full", total(file));
        }
      }
    }
  }

  private static void sample(MetricSink sink, String resource, String share, long micros) {
    Samples.scaled(
        sink, Metric.PRESSURE_STALLED_SECONDS, micros, SECONDS_PER_MICRO, resource, share);
  }

  private static long total(TextCursor line) {
    while (line.hasWord()) {
      if (line.acceptPrefix("total=")) {
        return line.number();
      }
      line.skip(1);
    }
    return TextCursor.ABSENT;
  }
}
