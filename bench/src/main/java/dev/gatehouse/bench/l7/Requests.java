package dev.gatehouse.bench.l7;

import dev.gatehouse.bench.contest.CpuCost;
import dev.gatehouse.bench.contest.CpuCost.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Requests on kept connections, as fast as they go, each for as long as it is told. */
record Requests(Duration time) {

  static final String FILES = "www.example.org";
  static final String SMALL_FILE = "/100";
  private static final String CALLS = "grpc.example.org";
  private static final int BYTES_PER_KB = 1000;
  private static final int CONNECTIONS = 10;
  private static final int STREAMS = 10;
  private static final int CONNECTIONS_OF_ONE = 16;

  /** Of HTTP/1.1, which the caller completes with the number of clients. */
  H2Load files(String path) {
    return new H2Load(time, FILES, path, List.of());
  }

  CpuCost http1(int bytes) {
    H2Load load = files("/" + bytes).with("--h1", "--clients=" + CONNECTIONS_OF_ONE);
    return cost(
        "HTTP/1.1 requests of %s KB, %d connections".formatted(kb(bytes), CONNECTIONS_OF_ONE),
        load,
        bytes);
  }

  CpuCost http2(int bytes) {
    return cost(
        "HTTP/2 requests of %s KB, %d connections of %d streams"
            .formatted(kb(bytes), CONNECTIONS, STREAMS),
        files("/" + bytes).with(streams()),
        bytes);
  }

  /** Each sends the message in the file and gets one of the same size. */
  CpuCost calls(Path message) {
    H2Load load =
        new H2Load(time, CALLS, "/example.Echo/Call", List.of())
            .with(streams())
            .with("--data=" + message)
            .with("--header=content-type: application/grpc", "--header=te: trailers");
    return cost(
        "gRPC calls of 0.1 KB each way, %d connections of %d streams"
            .formatted(CONNECTIONS, STREAMS),
        load,
        CallHandler.MESSAGE_BYTES);
  }

  private static String[] streams() {
    return new String[] {"--clients=" + CONNECTIONS, "--max-concurrent-streams=" + STREAMS};
  }

  private static CpuCost cost(String title, H2Load load, int bytes) {
    return new CpuCost(title, Unit.TIMES, port -> load.through(port).bodies(bytes));
  }

  private static String kb(int bytes) {
    return bytes % BYTES_PER_KB == 0
        ? String.format(Locale.ROOT, "%,d", bytes / BYTES_PER_KB)
        : String.format(Locale.ROOT, "%.1f", (double) bytes / BYTES_PER_KB);
  }
}
