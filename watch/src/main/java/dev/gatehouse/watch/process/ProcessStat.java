package dev.gatehouse.watch.process;

import dev.gatehouse.watch.procfs.TextCursor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The fields of {@code /proc/<pid>/stat} (proc_pid_stat(5)) that Gatehouse uses; times in clock
 * ticks, a field that is missing is {@link TextCursor#ABSENT}.
 *
 * @param comm the command's name as the kernel holds it, each byte one character: not to be shown
 * @param startTicks since boot; with the pid it names a process for good
 */
public record ProcessStat(
    String comm,
    char state,
    long flags,
    long majorFaults,
    long userTicks,
    long systemTicks,
    long threads,
    long startTicks,
    long virtualBytes,
    long residentPages) {

  /** {@code PF_KTHREAD} of linux/sched.h. */
  private static final long KERNEL_THREAD = 0x0020_0000;

  /** Reads a whole file; empty if it has no name in brackets with a state after it. */
  public static Optional<ProcessStat> parse(byte[] bytes, int length) {
    int open = 0;
    while (open < length && bytes[open] != '(') {
      open++;
    }
    // the name may hold brackets, blanks and line ends, hence the last one
    int close = length - 1;
    while (close > open && bytes[close] != ')') {
      close--;
    }
    if (close <= open || close + 2 >= length) {
      return Optional.empty();
    }
    String comm = new String(bytes, open + 1, close - open - 1, StandardCharsets.ISO_8859_1);
    return Optional.of(fields(comm, (char) bytes[close + 2], bytes, close + 3, length));
  }

  private static ProcessStat fields(
      String comm, char state, byte[] bytes, int afterState, int length) {
    TextCursor cursor = new TextCursor(bytes, afterState, length);
    cursor.nextLine();
    long flags = cursor.skip(5).number();
    long majorFaults = cursor.skip(2).number();
    long userTicks = cursor.skip(1).number();
    long systemTicks = cursor.number();
    long threads = cursor.skip(4).number();
    long startTicks = cursor.skip(1).number();
    return new ProcessStat(
        comm,
        state,
        flags,
        majorFaults,
        userTicks,
        systemTicks,
        threads,
        startTicks,
        cursor.number(),
        cursor.number());
  }

  /** Whether this is a thread of the kernel, which has no program. */
  public boolean isKernelThread() {
    return flags != TextCursor.ABSENT && (flags & KERNEL_THREAD) != 0;
  }
}
