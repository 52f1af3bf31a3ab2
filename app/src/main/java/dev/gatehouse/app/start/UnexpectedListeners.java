package dev.gatehouse.app.start;

import dev.gatehouse.app.boot.Bound;
import dev.gatehouse.app.boot.ExposureAudit;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.sockets.host.OwnListeners;
import dev.gatehouse.net.sockets.host.OwnSockets;
import dev.gatehouse.watch.WatchView;
import dev.gatehouse.watch.exposure.Verdict;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many of the process's own sockets listen without being meant to, while it runs. */
public final class UnexpectedListeners implements Part, MetricSource {

  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedListeners.class);

  private final Duration interval;
  private final IntSupplier count;
  private final Runnable recheck;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("exposure-recheck").factory());

  private UnexpectedListeners(Duration interval, IntSupplier count, Runnable recheck) {
    this.interval = interval;
    this.count = count;
    this.recheck = recheck;
  }

  /** Where the watch runs, each of its scans is the second look; else a clock takes it. */
  public static UnexpectedListeners of(
      Optional<? extends WatchView> watch, Duration period, Supplier<Set<Bound>> intended) {
    return watch
        .<UnexpectedListeners>map(UnexpectedListeners::seenBy)
        .orElseGet(() -> every(period, intended));
  }

  /** Counts what the watch finds, which also tells of it. */
  private static UnexpectedListeners seenBy(WatchView watch) {
    return new UnexpectedListeners(Duration.ZERO, () -> selfOf(watch), () -> {});
  }

  /** Looks by a clock of its own; an interval of zero is never. */
  private static UnexpectedListeners every(Duration interval, Supplier<Set<Bound>> intended) {
    Recheck recheck = new Recheck(intended, OwnSockets::read);
    return new UnexpectedListeners(interval, () -> recheck.surplus.size(), recheck::run);
  }

  @Override
  public String name() {
    return "exposure recheck";
  }

  @Override
  public void start() {
    if (interval.isPositive()) {
      long nanos = interval.toNanos();
      clock.scheduleWithFixedDelay(recheck, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  @Override
  public void collect(MetricSink sink) {
    sink.sample(Metric.OPS_UNEXPECTED_LISTENERS, count.getAsInt());
  }

  private static int selfOf(WatchView watch) {
    return (int)
        watch.exposure(false).listeners().stream()
            .filter(listener -> listener.verdict() == Verdict.SELF)
            .count();
  }

  /** One look after another, each surplus socket told once for as long as it lasts. */
  static final class Recheck {

    private final Supplier<Set<Bound>> intended;
    private final Supplier<OwnListeners> found;
    private volatile List<Bound> surplus = List.of();

    Recheck(Supplier<Set<Bound>> intended, Supplier<OwnListeners> found) {
      this.intended = intended;
      this.found = found;
    }

    List<Bound> surplus() {
      return surplus;
    }

    void run() {
      if (found.get() instanceof OwnListeners.Read read) {
        List<Bound> now = ExposureAudit.of(intended.get(), OwnSocketAudit.bound(read)).surplus();
        Set<Bound> news = new HashSet<>(now);
        news.removeAll(new HashSet<>(surplus));
        news.forEach(Recheck::tell);
        surplus = now;
      }
    }

    private static void tell(Bound socket) {
      LOG.atError()
          .setMessage("unexpected_listener")
          .addKeyValue("proto", socket.protocol().label())
          .addKeyValue("address", socket.address())
          .addKeyValue("port", socket.port())
          .log();
    }
  }
}
