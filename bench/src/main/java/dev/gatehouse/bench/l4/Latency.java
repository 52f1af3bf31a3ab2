package dev.gatehouse.bench.l4;

import dev.gatehouse.bench.contest.Clients;
import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.Measure;
import dev.gatehouse.bench.contest.Percentile;
import dev.gatehouse.bench.l4.Hello.Wish;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What a contender adds to the time of one small message and its answer at a fixed rate: the
 * backend is asked directly and through the contender, one right after the other.
 */
record Latency(int backendPort) implements Measure {

  private static final int CLIENTS = 16;
  private static final long INTERVAL_NANOS = 1_000_000;
  private static final int MESSAGES = 3_000;
  private static final Hello HELLO = new Hello(Wish.ECHO, 100);
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;

  @Override
  public String title() {
    return "latency of %d bytes and back, %d connections, %.0f messages/s in all, %d a round: µs"
        .formatted(
            HELLO.bytes(),
            CLIENTS,
            CLIENTS * NANOS_PER_SECOND / INTERVAL_NANOS,
            CLIENTS * MESSAGES);
  }

  @Override
  public List<String> columns() {
    return List.of("added p50", "added p99", "p50", "p99");
  }

  @Override
  public double[] of(Contender contender) throws IOException, InterruptedException {
    long[] direct = sorted(backendPort);
    long[] proxied = sorted(contender.port());
    double p50 = micros(proxied, 0.5);
    double p99 = micros(proxied, 0.99);
    return new double[] {p50 - micros(direct, 0.5), p99 - micros(direct, 0.99), p50, p99};
  }

  private static double micros(long[] sortedNanos, double share) {
    return Percentile.of(sortedNanos, share) / NANOS_PER_MICRO;
  }

  private static long[] sorted(int port) throws IOException, InterruptedException {
    long start = System.nanoTime() + INTERVAL_NANOS;
    return Clients.run(CLIENTS, i -> paced(port, start + i * INTERVAL_NANOS / CLIENTS)).stream()
        .flatMapToLong(Arrays::stream)
        .sorted()
        .toArray();
  }

  private static long[] paced(int port, long start) throws IOException {
    long[] nanos = new long[MESSAGES];
    try (Connection connection = Connection.open(port, HELLO)) {
      for (int i = 0; i < MESSAGES; i++) {
        long sent = await(start + i * INTERVAL_NANOS);
        connection.pingPong();
        nanos[i] = System.nanoTime() - sent;
      }
    }
    return nanos;
  }

  /**
   * The time from which a message counts. One whose turn came while the answer before it was still
   * missing counts from its turn, else a stall would hide all messages that it held up; one for
   * which this thread merely woke late counts from now.
   */
  private static long await(long due) {
    if (System.nanoTime() - due >= 0) {
      return due;
    }
    while (due - System.nanoTime() > 0) {
      LockSupport.parkNanos(due - System.nanoTime());
    }
    return System.nanoTime();
  }
}
