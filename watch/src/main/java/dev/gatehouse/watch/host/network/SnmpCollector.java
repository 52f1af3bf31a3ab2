package dev.gatehouse.watch.host.network;

import static java.util.stream.Collectors.groupingBy;

import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.Samples;
import dev.gatehouse.watch.procfs.TextCursor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counters of the network stack: {@code snmp} and {@code netstat} hold a line of names and a line
 * of values per protocol, {@code snmp6} a name and a value per line.
 */
final class SnmpCollector implements MetricSource {

  private static final Map<String, List<KernelCounter>> BY_PROTOCOL =
      KernelCounter.TABLED.stream().collect(groupingBy(KernelCounter::protocol));

  private final Path folder;
  private final KernelFiles files;

  SnmpCollector(Path proc, KernelFiles files) {
    this.folder = proc.resolve("self/net");
    this.files = files;
  }

  @Override
  public void collect(MetricSink sink) {
    tables(files.read(folder.resolve("snmp")), sink);
    tables(files.read(folder.resolve("netstat")), sink);
    list(files.read(folder.resolve("snmp6")), sink);
  }

  private static void tables(TextCursor file, MetricSink sink) {
    String heading = "";
    TextCursor names = file;
    while (file.nextLine()) {
      String protocol = file.word();
      if (protocol.equals(heading)) {
        table(BY_PROTOCOL.getOrDefault(protocol, List.of()), names, file, sink);
        heading = "";
      } else {
        // also after names without values
        heading = protocol;
        names = file.line();
      }
    }
  }

  private static void table(
      List<KernelCounter> wanted, TextCursor names, TextCursor values, MetricSink sink) {
    while (names.hasWord()) {
      long value = values.number();
      KernelCounter counter = accept(wanted, names);
      if (counter != null) {
        Samples.present(sink, counter.metric(), value);
      }
    }
  }

  private static void list(TextCursor file, MetricSink sink) {
    while (file.nextLine()) {
      KernelCounter counter = accept(KernelCounter.LISTED, file);
      if (counter != null) {
        Samples.present(sink, counter.metric(), file.number());
      }
    }
  }

  /** Passes over the next name, and tells whose it is. */
  private static @Nullable KernelCounter accept(List<KernelCounter> wanted, TextCursor names) {
    for (KernelCounter counter : wanted) {
      if (names.accept(counter.field())) {
        return counter;
      }
    }
    names.skip(1);
    return null;
  }
}
