package dev.gatehouse.watch.host.filesystem;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.syscall.FilesystemStat;
import dev.gatehouse.watch.procfs.KernelFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Measures the file systems in a pass of its own and hands the last result to every scrape.
 *
 * <p>{@link #run} belongs to one thread; any may {@link #collect}.
 */
public final class FilesystemPass implements MetricSource, AutoCloseable {

  /** A mount and its answer, null while it is stuck. */
  private record Measured(Mount mount, @Nullable FilesystemStat stat) {}

  private final MountTable mounts;
  private final SpaceCalls calls;
  private volatile List<Measured> last = List.of();

  /**
   * A pass that has not run.
   *
   * @param filesystems the use of the file system at a path; may hang
   */
  public FilesystemPass(
      Path proc, Function<String, Optional<FilesystemStat>> filesystems, Ticker ticker) {
    mounts = new MountTable(proc, new KernelFiles());
    calls = new SpaceCalls(filesystems, ticker);
  }

  /** Measures all mounts, or finds them stuck, within the timeout. */
  public void run(FilesystemLimits limits) throws InterruptedException {
    Collection<Mount> found = mounts.read(limits.ignoredType(), limits.ignoredMountPoint());
    Map<String, FilesystemStat> answers =
        calls.ask(found.stream().map(Mount::point).toList(), limits.timeout());
    List<Measured> measured = new ArrayList<>();
    for (Mount mount : found) {
      FilesystemStat stat = answers.get(mount.point());
      if (stat != null || calls.isStuck(mount.point())) {
        measured.add(new Measured(mount, stat));
      }
    }
    last = List.copyOf(measured);
  }

  @Override
  public void collect(MetricSink sink) {
    for (Measured measured : last) {
      String point = measured.mount().point();
      FilesystemStat stat = measured.stat();
      sink.sample(Metric.FILESYSTEM_STUCK, stat == null ? 1 : 0, point);
      sink.sample(Metric.FILESYSTEM_READONLY, isReadOnly(measured) ? 1 : 0, point);
      if (stat != null) {
        space(measured.mount(), stat, sink);
        inodes(point, stat, sink);
      }
    }
  }

  @Override
  public void close() {
    calls.close();
  }

  private static boolean isReadOnly(Measured measured) {
    FilesystemStat stat = measured.stat();
    return measured.mount().readOnly() || (stat != null && stat.readOnly());
  }

  /** What is reserved for root is neither used nor free. */
  private static void space(Mount mount, FilesystemStat stat, MetricSink sink) {
    double unit = (double) stat.fragmentSize();
    bytes(sink, mount, "total", unit * (double) stat.blocks());
    bytes(sink, mount, "used", unit * (double) (stat.blocks() - stat.freeBlocks()));
    bytes(sink, mount, "free", unit * (double) stat.availableBlocks());
  }

  private static void bytes(MetricSink sink, Mount mount, String type, double value) {
    sink.sample(Metric.FILESYSTEM_BYTES, value, mount.point(), mount.source(), mount.type(), type);
  }

  private static void inodes(String point, FilesystemStat stat, MetricSink sink) {
    long used = stat.files() - stat.freeFiles();
    sink.sample(Metric.FILESYSTEM_INODES, (double) stat.files(), point, "total");
    sink.sample(Metric.FILESYSTEM_INODES, (double) used, point, "used");
    sink.sample(Metric.FILESYSTEM_INODES, (double) stat.freeFiles(), point, "free");
  }
}
