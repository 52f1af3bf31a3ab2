package dev.gatehouse.bench.l7;

import dev.gatehouse.bench.contest.Percentile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long each request of a run took, in order, as h2load logs it. */
record RequestLog(List<Long> sortedMicros) {

  private static final int STATUS = 1;
  private static final int MICROS = 2;

  /** From lines of start, status and microseconds. */
  static RequestLog parse(List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      throw new IOException("h2load logged no request");
    }
    List<Long> micros = new ArrayList<>();
    for (String line : lines) {
      micros.add(micros(line));
    }
    Collections.sort(micros);
    return new RequestLog(List.copyOf(micros));
  }

  private static long micros(String line) throws IOException {
    String[] fields = line.split("\t", -1);
    if (fields.length <= MICROS || !fields[STATUS].equals("200")) {
      throw new IOException(line + " (expected: start, 200 and microseconds)");
    }
    return Long.parseLong(fields[MICROS]);
  }

  long percentile(double share) {
    return Percentile.of(sortedMicros.stream().mapToLong(Long::longValue).toArray(), share);
  }
}
