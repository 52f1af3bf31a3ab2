package dev.gatehouse.watch.host.network;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.Samples;
import dev.gatehouse.watch.procfs.TextCursor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Traffic of the interfaces, from {@code /proc/self/net/dev}, and their settings, from {@code
 * /sys/class/net}.
 */
final class NetworkCollector implements MetricSource {

  /** Megabits in bytes. */
  private static final double SPEED_UNIT_BYTES = 125_000;

  private final Path dev;
  private final Path interfaces;
  private final UnaryOperator<String> addressOf;
  private final KernelFiles files;
  private final Supplier<Predicate<String>> ignored;

  NetworkCollector(
      Path proc,
      Path sys,
      UnaryOperator<String> addressOf,
      Supplier<Predicate<String>> ignored,
      KernelFiles files) {
    this.dev = proc.resolve("self/net/dev");
    this.interfaces = sys.resolve("class/net");
    this.addressOf = addressOf;
    this.files = files;
    this.ignored = ignored;
  }

  @Override
  public void collect(MetricSink sink) {
    // all lines first: reading the settings reuses the buffer
    for (String name : traffic(sink)) {
      settings(name, sink);
    }
  }

  private List<String> traffic(MetricSink sink) {
    Predicate<String> ignoredNow = ignored.get();
    List<String> names = new ArrayList<>();
    TextCursor file = files.read(dev);
    while (file.nextLine()) {
      String name = file.before(':');
      if (isName(name) && !ignoredNow.test(name)) {
        names.add(name);
        counters(file, name, "rx", sink);
        counters(file.skip(4), name, "tx", sink);
      }
    }
    return names;
  }

  /** The kernel gives no others; one that is no file name would lead astray below. */
  private static boolean isName(String name) {
    return !name.isEmpty() && name.indexOf('/') < 0 && name.indexOf('\0') < 0;
  }

  private static void counters(TextCursor line, String name, String direction, MetricSink sink) {
    Samples.present(sink, Metric.NETWORK_BYTES, line.number(), name, direction);
    Samples.present(sink, Metric.NETWORK_PACKETS, line.number(), name, direction);
    Samples.present(sink, Metric.NETWORK_ERRORS, line.number(), name, direction);
    Samples.present(sink, Metric.NETWORK_DROPS, line.number(), name, direction);
  }

  private void settings(String name, MetricSink sink) {
    Path folder = interfaces.resolve(name);
    Samples.present(sink, Metric.NETWORK_CARRIER_CHANGES, number(folder, "carrier_changes"), name);
    sink.sample(
        Metric.NETWORK,
        1,
        name,
        text(folder, "address"),
        addressOf.apply(name),
        text(folder, "mtu"),
        text(folder, "operstate"));
    // a virtual interface states a speed that means nothing
    long speed = Files.exists(folder.resolve("device")) ? number(folder, "speed") : 0;
    if (speed > 0) {
      Samples.scaled(sink, Metric.NETWORK_SPEED_BYTES, speed, SPEED_UNIT_BYTES, name);
    }
  }

  private long number(Path folder, String name) {
    TextCursor file = files.read(folder.resolve(name));
    file.nextLine();
    return file.number();
  }

  private String text(Path folder, String name) {
    TextCursor file = files.read(folder.resolve(name));
    file.nextLine();
    return file.rest();
  }
}
