package dev.gatehouse.bench.contest;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Work that takes an exact amount of CPU time, however busy the machine is. */
final class Spin {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private Spin() {}

  static void cpuMillis(long millis) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + millis * NANOS_PER_MILLI;
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }
}
