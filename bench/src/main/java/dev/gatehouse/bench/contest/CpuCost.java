package dev.gatehouse.bench.contest;

import java.io.IOException;
import java.util.List;

/** CPU time that a contender spends on a unit of work: bytes, connections or messages. */
public record CpuCost(String title, Unit unit, Load load) implements Measure {

  private static final double NANOS = 1e9;

  /** Names of the figures, and how many of the small unit a second of CPU has. */
  public enum Unit {
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

  /** Sends a load through a port and returns how much of it was answered. */
  public interface Load {
    double through(int port) throws IOException, InterruptedException;
  }

  @Override
  public List<String> columns() {
    return List.of(unit.cost, unit.speed);
  }

  @Override
  public double[] of(Contender contender) throws IOException, InterruptedException {
    double before = contender.process().cpuSeconds();
    long begin = System.nanoTime();
    double amount = load.through(contender.port());
    double seconds = (System.nanoTime() - begin) / NANOS;
    double cpu = contender.process().cpuSeconds() - before;
    if (amount <= 0) {
      throw new IOException(title + ": nothing was answered");
    }
    return new double[] {cpu * unit.perSecond / amount, amount / seconds};
  }
}
