package dev.gatehouse.watch.host;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.Samples;
import dev.gatehouse.watch.procfs.TextCursor;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads and writes of block devices, from {@code /proc/diskstats} (proc_diskstats(5)). */
final class DiskCollector implements MetricSource {

  /** The unit of the file, whatever sectors the device has. */
  private static final double SECTOR_BYTES = 512;

  private static final double SECONDS_PER_MILLI = 1e-3;

  private final Path diskstats;
  private final KernelFiles files;
  private final Supplier<Predicate<String>> ignored;

  DiskCollector(HostSources sources, KernelFiles files, Supplier<Predicate<String>> ignored) {
    this.diskstats = sources.proc().resolve("diskstats");
    this.files = files;
    this.ignored = ignored;
  }

  @Override
  public void collect(MetricSink sink) {
    Predicate<String> ignoredNow = ignored.get();
    TextCursor file = files.read(diskstats);
    while (file.nextLine()) {
      String device = file.skip(2).word();
      if (!device.isEmpty() && !ignoredNow.test(device)) {
        device(file, device, sink);
      }
    }
  }

  private static void device(TextCursor line, String device, MetricSink sink) {
    Samples.present(sink, Metric.DISK_READ_OPS, line.number(), device);
    Samples.scaled(sink, Metric.DISK_READ_BYTES, line.skip(1).number(), SECTOR_BYTES, device);
    seconds(sink, Metric.DISK_READ_TIME_SECONDS, line.number(), device);
    Samples.present(sink, Metric.DISK_WRITE_OPS, line.number(), device);
    Samples.scaled(sink, Metric.DISK_WRITE_BYTES, line.skip(1).number(), SECTOR_BYTES, device);
    seconds(sink, Metric.DISK_WRITE_TIME_SECONDS, line.number(), device);
    Samples.present(sink, Metric.DISK_IO_IN_PROGRESS, line.number(), device);
    seconds(sink, Metric.DISK_IO_TIME_SECONDS, line.number(), device);
    seconds(sink, Metric.DISK_IO_TIME_WEIGHTED_SECONDS, line.number(), device);
  }

  private static void seconds(MetricSink sink, Metric metric, long millis, String device) {
    Samples.scaled(sink, metric, millis, SECONDS_PER_MILLI, device);
  }
}
