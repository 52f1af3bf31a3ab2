package dev.gatehouse.bench.l4;

import dev.gatehouse.bench.contest.Clients;
import dev.gatehouse.bench.contest.CpuCost;
import dev.gatehouse.bench.contest.CpuCost.Load;
import dev.gatehouse.bench.contest.CpuCost.Unit;
import dev.gatehouse.bench.l4.Hello.Wish;
import java.io.IOException;

/** The loads whose cost is asked for: bytes in bulk, new connections, small messages. */
final class Loads {

  private static final int BULK_CONNECTIONS = 8;
  private static final long BULK_BYTES = 500_000_000;
  private static final int NEW_CONNECTIONS = 16_000;
  private static final int AT_ONCE = 32;
  private static final int MESSAGES = 4_000;
  private static final int MESSAGE_BYTES = 100;

  private Loads() {}

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
        clients(
            BULK_CONNECTIONS,
            gigabytes,
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
        clients(
            atOnce,
            NEW_CONNECTIONS,
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
        clients(
            AT_ONCE,
            AT_ONCE * MESSAGES,
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

  private static Load clients(int count, double amount, Work work) {
    return port -> {
      Clients.run(
          count,
          _ -> {
            work.at(port);
            return true;
          });
      return amount;
    };
  }
}
