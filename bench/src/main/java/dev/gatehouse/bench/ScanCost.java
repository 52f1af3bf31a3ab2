package dev.gatehouse.bench;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.scan.Watch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Set;

/**
 * A program that scans this host's listeners again and again, with owners and with the samples of a
 * scrape, and prints the CPU time of one scan: of the threads that do it, without the compiler's.
 */
public final class ScanCost {

  private static final int WARM_UP = 5_000;
  private static final int SCANS = 1_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private ScanCost() {}

  public static void main(String[] arguments) throws InterruptedException {
    Watch watch = Watch.ofHost(config(), Ticker.system(), new EventCounters(), Set::of);
    watch.start();
    scan(watch, WARM_UP);
    long before = cpuNanos();
    scan(watch, SCANS);
    double millis = (double) (cpuNanos() - before) / SCANS / NANOS_PER_MILLI;
    System.out.printf("%.3f%n", millis);
    watch.close();
  }

  private static void scan(Watch watch, int times) {
    for (int i = 0; i < times; i++) {
      watch.collect((metric, value, labels) -> {});
    }
  }

  /** Of the scan's own thread and of the one that asks. */
  private static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(
            thread ->
                thread.getThreadName().equals("watch-scan")
                    || thread.getThreadName().equals("main"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }

  private static WatchConfig config() {
    ConfigSource source =
        ConfigSource.builtIn()
            .withPreset("snapshot_max_age", "0s")
            .withPreset("scan_interval", "0s")
            .withPreset("connections", "false");
    return switch (Configuration.of(WatchConfig::read).read(source)) {
      case ConfigResult.Loaded<WatchConfig> loaded -> loaded.value();
      case ConfigResult.Refused<WatchConfig> refused ->
          throw new IllegalStateException(refused.problems().toString());
    };
  }
}
