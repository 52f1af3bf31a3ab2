package dev.gatehouse.watch.process;

import java.nio.file.Path;
import java.util.Arrays;

/** Which processes there are. */
public final class ProcessIds {

  /** The kernel gives at most 2^22, PID_MAX_LIMIT of linux/threads.h. */
  private static final int MAX_DIGITS = 9;

  private ProcessIds() {}

  /** The folders below {@code /proc} that are processes, ascending. */
  public static int[] below(Path proc) {
    String[] names = proc.toFile().list();
    return names == null
        ? new int[0]
        : Arrays.stream(names)
            .mapToInt(ProcessIds::parse)
            .filter(pid -> pid > 0)
            .sorted()
            .toArray();
  }

  /** 0 for what is no process. */
  public static int parse(String name) {
    int pid = 0;
    for (int i = 0; i < name.length(); i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9 || i == MAX_DIGITS) {
        return 0;
      }
      pid = pid * 10 + digit;
    }
    return pid;
  }
}
