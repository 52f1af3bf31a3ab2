package dev.gatehouse.bench.l7;

import dev.gatehouse.bench.contest.Clients;
import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.Measure;
import dev.gatehouse.bench.contest.ProcessTree.Memory;
import dev.gatehouse.bench.l7.TlsClient.Asked;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Memory that a contender holds for connections of TLS on which nothing happens any more. */
record IdleMemory(TlsClient client, String path, int connections) implements Measure {

  private static final int AT_ONCE = 16;

  /** Of the connections, before anything is read, so that what is loaded on first use is there. */
  private static final int SHARE_BEFORE = 5;

  private static final double KIB_PER_MIB = 1024;

  @Override
  public String title() {
    return "memory at %d idle connections of TLS 1.3, once, in a new process after %d connections"
        .formatted(connections, connections / SHARE_BEFORE);
  }

  @Override
  public List<String> columns() {
    return List.of("KiB PSS each", "MiB RSS at 0", "MiB RSS then");
  }

  @Override
  public double[] of(Contender contender) throws IOException, InterruptedException {
    close(open(contender.port(), connections / SHARE_BEFORE));
    Memory before = contender.process().memory();
    Queue<Asked> open = open(contender.port(), connections);
    try {
      Memory after = contender.process().memory();
      return new double[] {
        (double) (after.proportional() - before.proportional()) / open.size(),
        before.resident() / KIB_PER_MIB,
        after.resident() / KIB_PER_MIB
      };
    } finally {
      close(open);
    }
  }

  private Queue<Asked> open(int port, int count) throws IOException, InterruptedException {
    Queue<Asked> open = new ConcurrentLinkedQueue<>();
    try {
      Clients.run(
          AT_ONCE,
          number -> {
            for (int i = number; i < count; i += AT_ONCE) {
              open.add(client.ask(port, path));
            }
            return true;
          });
      return open;
    } catch (IOException e) {
      close(open);
      throw e;
    }
  }

  private static void close(Queue<Asked> open) {
    open.forEach(Asked::close);
  }
}
