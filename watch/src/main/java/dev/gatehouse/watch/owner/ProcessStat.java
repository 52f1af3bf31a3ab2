package dev.gatehouse.watch.owner;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a process calls itself, and when it began.
 *
 * @param comm decoded, not yet cleaned
 * @param commBytes its length in the kernel
 * @param startTime in clock ticks since boot: with the pid it names the process for good
 */
record ProcessStat(String comm, int commBytes, long startTime) {

  /** Field 22 of proc_pid_stat(5); the state, field 3, is the first after the name. */
  private static final int START_TIME_AFTER_NAME = 22 - 3;

  /** A name may hold blanks and brackets: it ends at the last closing one. */
  static Optional<ProcessStat> parse(byte[] line, int length) {
    int open = indexOf(line, length, '(');
    int close = lastIndexOf(line, length, ')');
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    long startTime = number(line, length, close + 2, START_TIME_AFTER_NAME);
    int bytes = close - open - 1;
    String comm = new String(line, open + 1, bytes, StandardCharsets.UTF_8);
    return startTime < 0 ? Optional.empty() : Optional.of(new ProcessStat(comm, bytes, startTime));
  }

  private static int indexOf(byte[] line, int length, char wanted) {
    for (int i = 0; i < length; i++) {
      if (line[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int lastIndexOf(byte[] line, int length, char wanted) {
    int i = length - 1;
    while (i >= 0 && line[i] != wanted) {
      i--;
    }
    return i;
  }

  private static long number(byte[] line, int length, int from, int fieldsToSkip) {
    int i = from;
    for (int skipped = 0; skipped < fieldsToSkip; skipped++) {
      while (i < length && line[i] != ' ') {
        i++;
      }
      i++;
    }
    long number = i < length && isDigit(line[i]) ? 0 : -1;
    while (i < length && isDigit(line[i])) {
      number = number * 10 + (line[i++] - '0');
    }
    return number;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
