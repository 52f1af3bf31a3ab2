package dev.gatehouse.bench.l4;

import dev.gatehouse.bench.l4.Hello.Wish;
import java.io.IOException;
import java.util.List;

/** CPU time that a contender spends on a unit of work: bytes, connections or messages. */
record CpuCost(String title, Unit unit, double amount, Load load) implements Measure {

  private static final double NANOS = 1e9;
  private static final int BULK_CONNECTIONS = 8;
  private static final long BULK_BYTES = 500_000_000;
  private static final int NEW_CONNECTIONS = 16_000;
  private static final int AT_ONCE = 32;
  private static final int MESSAGES = 4_000;
  private static final int MESSAGE_BYTES = 100;

  /** Names of the figures, and how many of the small unit a second of CPU has. */
  enum Unit {
    GIGABYTES("CPU s/GB", "GB/s", 1),
    TIMES("CPU µs each", "each/s", 1e6);

    private final String cost;
    private final String speed;
    private final double perSecond;

    Unit(String cost, String speed, double perSecond) {
      this.cost = cost;
      this.speed = speed;
      this.perSecond = perSecond;
    }
  }

  /** Sends the whole load through a port and returns when all of it is answered. */
  interface Load {
    void through(int port) throws IOException, InterruptedException;
  }

  static CpuCost download() {
    return bulk("backend to client", Wish.SEND, BULK_BYTES, 0);
  }

  static CpuCost upload() {
    return bulk("client to backend", Wish.TAKE, 1, BULK_BYTES);
  }

  private static CpuCost bulk(String direction, Wish wish, long received, long sent) {
    double gigabytes = BULK_CONNECTIONS * BULK_BYTES / 1e9;
    return new CpuCost(
        "bulk, %s, %d connections, %.0f GB a round"
            .formatted(direction, BULK_CONNECTIONS, gigabytes),
        Unit.GIGABYTES,
        gigabytes,
        clients(
            BULK_CONNECTIONS,
            port -> {
              try (var connection = Connection.open(port, new Hello(wish, BULK_BYTES))) {
                connection.send(sent);
                connection.expect(received);
              }
            }));
  }

  static CpuCost sequentialConnections() {
    return connections("one after another", 1);
  }

  static CpuCost parallelConnections() {
    return connections(AT_ONCE + " at once", AT_ONCE);
  }

  private static CpuCost connections(String how, int atOnce) {
    return new CpuCost(
        "new connections, %s, %d a round: hello, %d bytes back, close"
            .formatted(how, NEW_CONNECTIONS, MESSAGE_BYTES),
        Unit.TIMES,
        NEW_CONNECTIONS,
        clients(
            atOnce,
            port -> {
              for (int i = 0; i < NEW_CONNECTIONS / atOnce; i++) {
                try (var connection = Connection.open(port, new Hello(Wish.SEND, MESSAGE_BYTES))) {
                  connection.expect(MESSAGE_BYTES);
                }
              }
            }));
  }

  static CpuCost messages() {
    return new CpuCost(
        "messages of %d bytes and back on %d kept connections, %d a round"
            .formatted(MESSAGE_BYTES, AT_ONCE, AT_ONCE * MESSAGES),
        Unit.TIMES,
        AT_ONCE * MESSAGES,
        clients(
            AT_ONCE,
            port -> {
              try (var connection = Connection.open(port, new Hello(Wish.ECHO, MESSAGE_BYTES))) {
                for (int i = 0; i < MESSAGES; i++) {
                  connection.pingPong();
                }
              }
            }));
  }

  private interface Work {
    void at(int port) throws IOException;
  }

  private static Load clients(int count, Work work) {
    return port ->
        Clients.run(
            count,
            _ -> {
              work.at(port);
              return true;
            });
  }

  @Override
  public List<String> columns() {
    return List.of(unit.cost, unit.speed);
  }

  @Override
  public double[] of(Contender contender) throws IOException, InterruptedException {
    double before = contender.process().cpuSeconds();
    long begin = System.nanoTime();
    load.through(contender.port());
    double seconds = (System.nanoTime() - begin) / NANOS;
    double cpu = contender.process().cpuSeconds() - before;
    return new double[] {cpu * unit.perSecond / amount, amount / seconds};
  }
}
