package dev.gatehouse.bench.l7;

import dev.gatehouse.bench.contest.Clients;
import dev.gatehouse.bench.contest.CpuCost;
import dev.gatehouse.bench.contest.CpuCost.Load;
import dev.gatehouse.bench.contest.CpuCost.Unit;
import dev.gatehouse.bench.l7.TlsClient.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** New connections for as long as it lasts: handshake, one request, its answer, close. */
record Handshakes(TlsClient client, String path, Duration time, boolean resumed) implements Load {

  private static final int AT_ONCE = 16;

  CpuCost cost() {
    return new CpuCost(
        "%s handshakes of TLS 1.3, %d at once, one request each"
            .formatted(resumed ? "resumed" : "full", AT_ONCE),
        Unit.TIMES,
        this);
  }

  /** Handshakes of the wanted kind, and of the other kind. */
  private record Count(int wanted, int others) {

    Count plus(Count more) {
      return new Count(wanted + more.wanted, others + more.others);
    }
  }

  @Override
  public double through(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    List<Count> counts = Clients.run(AT_ONCE, _ -> until(end, port));
    Count all = counts.stream().reduce(new Count(0, 0), Count::plus);
    // the first of each client has no ticket yet
    if (all.wanted == 0 || all.others > AT_ONCE + all.wanted / AT_ONCE) {
      throw new IOException(
          "%d handshakes were %s, %d were not"
              .formatted(all.wanted, resumed ? "resumed" : "full", all.others));
    }
    return all.wanted + all.others;
  }

  private Count until(long end, int port) throws IOException {
    Count count = new Count(0, 0);
    while (end - System.nanoTime() > 0) {
      Asked asked = client.ask(port, path);
      asked.close();
      count = count.plus(asked.resumed() == resumed ? new Count(1, 0) : new Count(0, 1));
    }
    return count;
  }
}
