package dev.gatehouse.net.sockets;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a thread allocates. */
public final class AllocatedBytes {

  private static final int WARM_UPS = 20;
  private static final int ROUNDS = 10;

  private AllocatedBytes() {}

  /** The least that one run of an action allocates once it is warm. */
  public static long leastOf(Runnable action) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UPS; i++) {
      action.run();
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      action.run();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
