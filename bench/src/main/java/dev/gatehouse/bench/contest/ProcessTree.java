package dev.gatehouse.bench.contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** A process with all its descendants, and what the kernel says that they use together. */
public record ProcessTree(long pid) {

  /** The unit of times in {@code /proc}, whatever the kernel's own tick is. */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields of {@code stat} behind the name: user time, and system time after it. */
  private static final int USER_TIME = 11;

  /** User and system time of all threads, those included that have ended. */
  public double cpuSeconds() throws IOException {
    long ticks = 0;
    for (long each : pids()) {
      String stat = Files.readString(Path.of("/proc", Long.toString(each), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      ticks += Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /**
   * What is in memory, in KiB.
   *
   * @param resident pages that processes share count once for each
   * @param proportional shared pages are divided by those who share them
   */
  public record Memory(long resident, long proportional) {}

  public Memory memory() throws IOException {
    long resident = 0;
    long proportional = 0;
    for (long each : pids()) {
      List<String> lines =
          Files.readAllLines(Path.of("/proc", Long.toString(each), "smaps_rollup"));
      resident += kib(lines, "Rss:");
      proportional += kib(lines, "Pss:");
    }
    return new Memory(resident, proportional);
  }

  private static long kib(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  private long[] pids() throws IOException {
    ProcessHandle root =
        ProcessHandle.of(pid).orElseThrow(() -> new IOException("process " + pid + " is gone"));
    return LongStream.concat(LongStream.of(pid), root.descendants().mapToLong(ProcessHandle::pid))
        .toArray();
  }
}
