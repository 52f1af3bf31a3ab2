package dev.gatehouse.bench.l4;

import dev.gatehouse.bench.contest.Clients;
import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.Measure;
import dev.gatehouse.bench.contest.ProcessTree.Memory;
import dev.gatehouse.bench.l4.Hello.Wish;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Memory that a contender holds for connections on which nothing happens. */
final class IdleMemory implements Measure {

  private static final int CONNECTIONS = 5_000;

  /** One after another before anything is read, so that what is loaded on first use is there. */
  private static final int FIRST = 1_000;

  private static final Hello HELLO = new Hello(Wish.ECHO, 100);
  private static final double KIB_PER_MIB = 1024;

  @Override
  public String title() {
    return "memory at %d idle connections, once, in a new process after %d connections"
        .formatted(CONNECTIONS, FIRST);
  }

  @Override
  public List<String> columns() {
    return List.of("KiB PSS each", "MiB PSS at 0", "and then", "MiB RSS at 0", "and then");
  }

  @Override
  public double[] of(Contender contender) throws IOException, InterruptedException {
    return Clients.run(1, _ -> byOneClient(contender)).getFirst();
  }

  private static double[] byOneClient(Contender contender) throws IOException {
    for (int i = 0; i < FIRST; i++) {
      used(contender.port()).close();
    }
    Memory before = contender.process().memory();
    List<Connection> open = new ArrayList<>();
    try {
      while (open.size() < CONNECTIONS) {
        open.add(used(contender.port()));
      }
      return figures(before, contender.process().memory());
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  private static double[] figures(Memory before, Memory after) {
    return new double[] {
      (double) (after.proportional() - before.proportional()) / CONNECTIONS,
      before.proportional() / KIB_PER_MIB,
      after.proportional() / KIB_PER_MIB,
      before.resident() / KIB_PER_MIB,
      after.resident() / KIB_PER_MIB
    };
  }

  /** A connection that has reached the backend and carried a message. */
  private static Connection used(int port) throws IOException {
    Connection connection = Connection.open(port, HELLO);
    try {
      connection.pingPong();
      return connection;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }
}
