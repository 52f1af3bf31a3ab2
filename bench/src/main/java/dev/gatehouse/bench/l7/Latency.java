package dev.gatehouse.bench.l7;

import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How long small answers take at a rate that leaves every contender half of its time. */
record Latency(H2Load load, int requestsPerSecond) implements Measure {

  private static final int CLIENTS = 16;

  /** Half of what the slowest contender does when all clients ask as fast as they can. */
  static Latency atHalfLoad(H2Load load, List<Contender> contenders)
      throws IOException, InterruptedException {
    H2Load full = load.with("--h1", "--clients=" + CLIENTS);
    double slowest = Double.MAX_VALUE;
    for (Contender contender : contenders) {
      Report report = full.through(contender.port());
      slowest = Math.min(slowest, report.answered() * 1e3 / load.time().toMillis());
    }
    int each = Math.max(1, (int) (slowest / 2 / CLIENTS));
    return new Latency(full.with("--rps=" + each), each * CLIENTS);
  }

  @Override
  public String title() {
    return "latency of 0.1 KB over HTTP/1.1, %d connections, %d requests/s in all"
        .formatted(CLIENTS, requestsPerSecond);
  }

  @Override
  public List<String> columns() {
    return List.of("p50 µs", "p99 µs");
  }

  @Override
  public double[] of(Contender contender) throws IOException, InterruptedException {
    Path file = Files.createTempFile("latency", ".log");
    try {
      load.with("--log-file=" + file).through(contender.port());
      RequestLog log = RequestLog.parse(Files.readAllLines(file));
      return new double[] {log.percentile(0.5), log.percentile(0.99)};
    } finally {
      Files.delete(file);
    }
  }
}
