package dev.gatehouse.watch.host;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.watch.procfs.Samples;
import dev.gatehouse.watch.procfs.TextCursor;

/** Memory and swap space of {@code /proc/meminfo} (proc_meminfo(5)); all values in kibibytes. */
record Memory(
    long total,
    long free,
    long buffers,
    long cached,
    long reclaimable,
    long stated,
    long swapTotal,
    long swapFree) {

  private static final double BYTES = 1024;

  static Memory parse(TextCursor meminfo) {
    return new Memory(
        field(meminfo, "MemTotal:"),
        field(meminfo, "MemFree:"),
        field(meminfo, "Buffers:"),
        field(meminfo, "Cached:"),
        field(meminfo, "SReclaimable:"),
        field(meminfo, "MemAvailable:"),
        field(meminfo, "SwapTotal:"),
        field(meminfo, "SwapFree:"));
  }

  void collect(MetricSink sink) {
    long cachedInAll = sum(cached, reclaimable);
    long available = stated != TextCursor.ABSENT ? stated : sum(sum(free, buffers), cachedInAll);
    Samples.scaled(sink, Metric.MEMORY_BYTES, total, BYTES, "total");
    Samples.scaled(sink, Metric.MEMORY_BYTES, free, BYTES, "free");
    Samples.scaled(sink, Metric.MEMORY_BYTES, buffers, BYTES, "buffers");
    Samples.scaled(sink, Metric.MEMORY_BYTES, cachedInAll, BYTES, "cached");
    Samples.scaled(sink, Metric.MEMORY_BYTES, available, BYTES, "available");
    Samples.scaled(sink, Metric.MEMORY_BYTES, difference(total, available), BYTES, "used");
    Samples.scaled(sink, Metric.SWAP_BYTES, swapTotal, BYTES, "total");
    Samples.scaled(sink, Metric.SWAP_BYTES, swapFree, BYTES, "free");
    Samples.scaled(sink, Metric.SWAP_BYTES, difference(swapTotal, swapFree), BYTES, "used");
  }

  private static long field(TextCursor meminfo, String name) {
    meminfo.rewind();
    return meminfo.lineOf(name) ? meminfo.number() : TextCursor.ABSENT;
  }

  private static long sum(long a, long b) {
    return a == TextCursor.ABSENT || b == TextCursor.ABSENT ? TextCursor.ABSENT : a + b;
  }

  /** Never below 0, whatever a container's view of memory says. */
  private static long difference(long whole, long part) {
    return whole == TextCursor.ABSENT || part == TextCursor.ABSENT
        ? TextCursor.ABSENT
        : Math.max(0, whole - part);
  }
}
