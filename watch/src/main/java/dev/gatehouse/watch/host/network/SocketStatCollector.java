package dev.gatehouse.watch.host.network;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.Samples;
import dev.gatehouse.watch.procfs.TextCursor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Numbers of sockets and their memory, from {@code /proc/self/net/sockstat} and its limits. */
final class SocketStatCollector implements MetricSource {

  private static final String ALL = "sockets";
  private static final Set<String> PROTOCOLS =
      Set.of("TCP", "TCP6", "UDP", "UDP6", "UDPLITE", "UDPLITE6", "RAW", "RAW6", "FRAG", "FRAG6");
  private static final List<String> STATES = List.of("used", "inuse", "orphan", "tw", "alloc");

  private final Path proc;
  private final double pageBytes;
  private final KernelFiles files;

  SocketStatCollector(Path proc, long pageBytes, KernelFiles files) {
    this.proc = proc;
    this.pageBytes = (double) pageBytes;
    this.files = files;
  }

  @Override
  public void collect(MetricSink sink) {
    lines(files.read(proc.resolve("self/net/sockstat")), sink);
    lines(files.read(proc.resolve("self/net/sockstat6")), sink);
    long pages = limit("tcp_mem", 2);
    Samples.scaled(sink, Metric.SOCKSTAT_TCP_MEMORY_LIMIT_BYTES, pages, pageBytes);
    Samples.present(sink, Metric.SOCKSTAT_TCP_ORPHAN_LIMIT, limit("tcp_max_orphans", 0));
    Samples.present(sink, Metric.SOCKSTAT_TCP_TW_LIMIT, limit("tcp_max_tw_buckets", 0));
  }

  private void lines(TextCursor file, MetricSink sink) {
    while (file.nextLine()) {
      String heading = file.before(':');
      if (heading.equals(ALL)) {
        values(file, "all", sink);
      } else if (PROTOCOLS.contains(heading)) {
        values(file, heading.toLowerCase(Locale.ROOT), sink);
      }
    }
  }

  /** Pairs of a word and a number; a word that nobody knows is passed over with its number. */
  private void values(TextCursor line, String protocol, MetricSink sink) {
    while (line.hasWord()) {
      String word = line.word();
      long value = line.number();
      if (STATES.contains(word)) {
        Samples.present(sink, Metric.SOCKSTAT_SOCKETS, value, protocol, word);
      } else if (word.equals("mem")) {
        Samples.scaled(sink, Metric.SOCKSTAT_MEMORY_BYTES, value, pageBytes, protocol);
      } else if (word.equals("memory")) {
        Samples.present(sink, Metric.SOCKSTAT_MEMORY_BYTES, value, protocol);
      }
    }
  }

  private long limit(String name, int column) {
    TextCursor file = files.read(proc.resolve("sys/net/ipv4").resolve(name));
    file.nextLine();
    return file.skip(column).number();
  }
}
