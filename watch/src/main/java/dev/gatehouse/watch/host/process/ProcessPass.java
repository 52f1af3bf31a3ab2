package dev.gatehouse.watch.host.process;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.watch.process.ProcessStat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads all processes in a pass of its own and hands the last result to every scrape.
 *
 * <p>{@link #run} belongs to one thread; any may {@link #collect}.
 */
public final class ProcessPass implements MetricSource {

  /** The states that are counted, as {@code stat} writes them. */
  private static final String STATES = "RSDZTtIX";

  /** The longest pid that the kernel gives, 2²² (linux/threads.h). */
  private static final int MAX_PID_DIGITS = 7;

  private record Result(List<GroupTotals> groups, List<Long> processesByState) {}

  private final Path proc;
  private final double ticksPerSecond;
  private final ProcessReader reader;
  private final GroupBook book;
  private volatile @Nullable Result last;

  /** A pass that has not run. */
  public ProcessPass(Path proc, long ticksPerSecond, long pageBytes) {
    this.proc = proc;
    this.ticksPerSecond = (double) ticksPerSecond;
    this.reader = new ProcessReader(proc, pageBytes);
    this.book = new GroupBook(ticksPerSecond);
  }

  /** Reads all processes and shows at most so many groups by name. */
  public void run(long nowNanos, int maxGroups) {
    long[] states = new long[STATES.length()];
    book.beginPass();
    String[] names = proc.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      int pid = pid(name);
      if (pid > 0) {
        process(pid, states);
      }
    }
    List<GroupTotals> groups = book.endPass(nowNanos, maxGroups);
    last = new Result(groups, Arrays.stream(states).boxed().toList());
  }

  private void process(int pid, long[] states) {
    Optional<ProcessStat> stat = reader.stat(pid);
    if (stat.isEmpty()) {
      return;
    }
    int state = STATES.indexOf(stat.get().state());
    if (state >= 0) {
      states[state]++;
    }
    if (!stat.get().isKernelThread()) {
      book.add(reader.sample(pid, stat.get()));
    }
  }

  /** The pid that a folder stands for, 0 if it is none. */
  private static int pid(String name) {
    if (name.length() > MAX_PID_DIGITS) {
      return 0;
    }
    int pid = 0;
    for (int i = 0; i < name.length(); i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      pid = 10 * pid + digit;
    }
    return pid;
  }

  @Override
  public void collect(MetricSink sink) {
    Result result = last;
    if (result == null) {
      return;
    }
    for (int i = 0; i < STATES.length(); i++) {
      double processes = (double) result.processesByState().get(i);
      sink.sample(Metric.PROCESS_STATES, processes, STATES.substring(i, i + 1));
    }
    for (GroupTotals group : result.groups()) {
      present(group, sink);
      used(group, sink);
    }
  }

  private static void present(GroupTotals group, MetricSink sink) {
    String name = group.name();
    sink.sample(Metric.PROCESS_MEMORY_BYTES, (double) group.residentBytes(), name, "rss");
    sink.sample(Metric.PROCESS_MEMORY_BYTES, (double) group.virtualBytes(), name, "vms");
    sink.sample(Metric.PROCESS_MEMORY_BYTES, (double) group.swapBytes(), name, "swap");
    sink.sample(Metric.PROCESS_NUM_PROCS, (double) group.processes(), name);
    sink.sample(Metric.PROCESS_THREADS, (double) group.threads(), name);
    sink.sample(Metric.PROCESS_OPEN_FDS, (double) group.openFiles(), name);
    sink.sample(Metric.PROCESS_ROOT_PROCS, (double) group.rootProcesses(), name);
    if (group.worstFileRatio() >= 0) {
      sink.sample(Metric.PROCESS_WORST_FD_RATIO, group.worstFileRatio(), name);
    }
  }

  private void used(GroupTotals group, MetricSink sink) {
    String name = group.name();
    Usage usage = group.usage();
    double cpuSeconds = (double) usage.cpuTicks() / ticksPerSecond;
    sink.sample(Metric.PROCESS_CPU_SECONDS, cpuSeconds, name);
    sink.sample(Metric.PROCESS_MAJOR_PAGE_FAULTS, (double) usage.majorFaults(), name);
    if (group.disk()) {
      sink.sample(Metric.PROCESS_DISK_READ_BYTES, (double) usage.readBytes(), name);
      sink.sample(Metric.PROCESS_DISK_WRITE_BYTES, (double) usage.writeBytes(), name);
      sink.sample(Metric.PROCESS_DISK_READ_OPS, (double) usage.readCalls(), name);
      sink.sample(Metric.PROCESS_DISK_WRITE_OPS, (double) usage.writeCalls(), name);
    }
  }
}
