package dev.gatehouse.proxy.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The running checks of a group, until they are stopped. */
final class GroupCheck {

  private final EventLoop loop;
  private final List<BackendCheck> checks;
  private final Future<?> timer;

  /** The first check is within an interval, not at once: many groups may begin together. */
  GroupCheck(EventLoop loop, List<BackendCheck> checks, Duration interval) {
    this.loop = loop;
    this.checks = checks;
    long nanos = interval.toNanos();
    long first = ThreadLocalRandom.current().nextLong(nanos);
    timer = loop.scheduleWithFixedDelay(this::run, first, nanos, TimeUnit.NANOSECONDS);
  }

  /** Ends the checks soon; backends that they held down are free again. */
  void stop() {
    timer.cancel(false);
    if (!loop.isShuttingDown()) {
      loop.execute(() -> checks.forEach(BackendCheck::stop));
    }
  }

  private void run() {
    checks.forEach(BackendCheck::run);
  }
}
