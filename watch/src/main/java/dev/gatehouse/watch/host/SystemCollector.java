package dev.gatehouse.watch.host;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.Samples;
import dev.gatehouse.watch.procfs.TextCursor;
import java.nio.file.Path;
import java.util.List;

/** Processors, memory, load, uptime, open files and the host's identity. */
final class SystemCollector implements MetricSource {

  private static final List<String> INTERVALS = List.of("1m", "5m", "15m");

  private final Path proc;
  private final double pageBytes;
  private final KernelFiles files;
  private final ProcessorTimes processors;
  private final HostIdentity identity;

  SystemCollector(HostSources sources, KernelFiles files) {
    this.proc = sources.proc();
    this.pageBytes = (double) sources.pageBytes();
    this.files = files;
    this.processors = new ProcessorTimes(sources.clockTicksPerSecond());
    this.identity = HostIdentity.read(sources, files);
  }

  @Override
  public void collect(MetricSink sink) {
    identity.collect(sink);
    processors.collect(read("stat"), sink);
    Memory.parse(read("meminfo")).collect(sink);
    swapInOut(read("vmstat"), sink);
    load(read("loadavg"), sink);
    uptime(read("uptime"), sink);
    openFiles(read("sys/fs/file-nr"), sink);
  }

  private void swapInOut(TextCursor vmstat, MetricSink sink) {
    while (vmstat.nextLine()) {
      if (vmstat.accept("pswpin")) {
        Samples.scaled(sink, Metric.SWAP_IO_BYTES, vmstat.number(), pageBytes, "in");
      } else if (vmstat.accept("pswpout")) {
        Samples.scaled(sink, Metric.SWAP_IO_BYTES, vmstat.number(), pageBytes, "out");
      }
    }
  }

  private static void load(TextCursor loadavg, MetricSink sink) {
    loadavg.nextLine();
    for (String interval : INTERVALS) {
      double load = loadavg.decimal();
      if (!Double.isNaN(load)) {
        sink.sample(Metric.LOAD_AVERAGE, load, interval);
      }
    }
  }

  private static void uptime(TextCursor uptime, MetricSink sink) {
    uptime.nextLine();
    double seconds = uptime.decimal();
    if (!Double.isNaN(seconds)) {
      sink.sample(Metric.UPTIME_SECONDS, seconds);
    }
  }

  private static void openFiles(TextCursor fileNr, MetricSink sink) {
    fileNr.nextLine();
    Samples.present(sink, Metric.FILE_DESCRIPTORS, fileNr.number());
    Samples.present(sink, Metric.FILE_DESCRIPTORS_LIMIT, fileNr.skip(1).number());
  }

  private TextCursor read(String name) {
    return files.read(proc.resolve(name));
  }
}
