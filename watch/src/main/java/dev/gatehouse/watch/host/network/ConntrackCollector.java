package dev.gatehouse.watch.host.network;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.Samples;
import dev.gatehouse.watch.procfs.TextCursor;
import java.nio.file.Path;

/** How full the kernel's table of tracked connections is; nothing where it has none. */
final class ConntrackCollector implements MetricSource {

  private final Path folder;
  private final KernelFiles files;

  ConntrackCollector(Path proc, KernelFiles files) {
    this.folder = proc.resolve("sys/net/netfilter");
    this.files = files;
  }

  @Override
  public void collect(MetricSink sink) {
    Samples.present(sink, Metric.CONNTRACK_ENTRIES, number("nf_conntrack_count"));
    Samples.present(sink, Metric.CONNTRACK_LIMIT, number("nf_conntrack_max"));
  }

  private long number(String name) {
    TextCursor file = files.read(folder.resolve(name));
    file.nextLine();
    return file.number();
  }
}
