package dev.gatehouse.watch.host;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.watch.procfs.Samples;
import dev.gatehouse.watch.procfs.TextCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of {@code /proc/stat} (proc_stat(5)): time per processor and mode, switches, forks,
 * running and blocked processes.
 *
 * <p>The kernel estimates idle, waiting and stolen time, which may therefore run backwards; here
 * they stand still instead.
 */
final class ProcessorTimes {

  /** The columns after the processor's name; guest time is inside user and nice. */
  private static final List<String> MODES =
      List.of("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal");

  /** The first word of the line that adds up all processors. */
  private static final String SUM = "cpu";

  private final double ticksPerSecond;
  private final Map<String, long[]> highest = new HashMap<>();
  private long bootSeconds = TextCursor.ABSENT;

  ProcessorTimes(long ticksPerSecond) {
    this.ticksPerSecond = (double) ticksPerSecond;
  }

  void collect(TextCursor stat, MetricSink sink) {
    int processors = 0;
    while (stat.nextLine()) {
      if (!stat.startsWith("cpu")) {
        total(stat, sink);
      } else if (!stat.accept(SUM)) {
        processor(stat, sink);
        processors++;
      }
    }
    if (processors > 0) {
      sink.sample(Metric.CPU_CORES, processors);
    }
  }

  private void processor(TextCursor line, MetricSink sink) {
    String cpu = line.word();
    long[] last = highest.computeIfAbsent(cpu, name -> new long[MODES.size()]);
    for (int mode = 0; mode < last.length; mode++) {
      long ticks = line.number();
      if (ticks != TextCursor.ABSENT) {
        last[mode] = Math.max(last[mode], ticks);
        sink.sample(Metric.CPU_SECONDS, (double) last[mode] / ticksPerSecond, cpu, MODES.get(mode));
      }
    }
  }

  private void total(TextCursor line, MetricSink sink) {
    if (line.accept("ctxt")) {
      Samples.present(sink, Metric.CONTEXT_SWITCHES, line.number());
    } else if (line.accept("processes")) {
      Samples.present(sink, Metric.FORKS, line.number());
    } else if (line.accept("procs_running")) {
      Samples.present(sink, Metric.PROCS, line.number(), "running");
    } else if (line.accept("procs_blocked")) {
      Samples.present(sink, Metric.PROCS, line.number(), "blocked");
    } else if (line.accept("btime")) {
      bootTime(line.number(), sink);
    }
  }

  /** The first value seen: the kernel computes it anew from clocks that are being set. */
  private void bootTime(long seconds, MetricSink sink) {
    if (bootSeconds == TextCursor.ABSENT) {
      bootSeconds = seconds;
    }
    Samples.present(sink, Metric.BOOT_TIME_SECONDS, bootSeconds);
  }
}
