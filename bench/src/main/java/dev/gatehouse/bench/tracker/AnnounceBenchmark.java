package dev.gatehouse.bench.tracker;

import dev.gatehouse.tracker.Tracker;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Announces by UDP of peers that are known, with 50 others wanted, through a whole tracker in this
 * process; for the profiler of allocations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class AnnounceBenchmark {

  private static final int PORT = 18_557;
  private static final int ANNOUNCES = 20_000;

  /** So many times as many announces as there are peers leave one in 20,000 who has not come. */
  private static final int FILLING = 10;

  private static final UdpLoad.Swarms SWARMS = new UdpLoad.Swarms(1000, 100);

  private final Tracker tracker = TrackerServer.tracker(PORT, 1);
  private UdpLoad load = UdpLoad.NONE;

  /** Starts the tracker, and lets everybody come. */
  @Setup
  public void start() throws Exception {
    tracker.start();
    tracker.accept();
    load = new UdpLoad(PORT, SWARMS, 50, BatchedSocket.BATCH);
    load.run((long) FILLING * SWARMS.torrents() * SWARMS.peersEach());
  }

  @TearDown
  public void stop() throws Exception {
    load.close();
    tracker.close();
  }

  /** An announce and its answer. */
  @Benchmark
  @OperationsPerInvocation(ANNOUNCES)
  public long announce() {
    UdpLoad.Result result = load.run(ANNOUNCES);
    if (result.answers() < ANNOUNCES) {
      throw new IllegalStateException("lost: " + result);
    }
    return result.peers();
  }
}
