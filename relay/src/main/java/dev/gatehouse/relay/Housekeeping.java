package dev.gatehouse.relay;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.relay.limit.TokenBuckets;
import dev.gatehouse.relay.log.RelayLog;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the relay does now and then: forget clients that are idle, and tell what it has not told.
 */
final class Housekeeping {

  private static final long SWEEP_MINUTES = 5;
  private static final long LOG_SECONDS = 10;

  private final TokenBuckets<IpAddress> attempts;
  private final Wakers wakers;
  private final RelayLog log;
  private final Ticker ticker;
  private final List<ScheduledFuture<?>> tasks = new ArrayList<>();

  Housekeeping(TokenBuckets<IpAddress> attempts, Wakers wakers, RelayLog log, Ticker ticker) {
    this.attempts = attempts;
    this.wakers = wakers;
    this.log = log;
    this.ticker = ticker;
  }

  synchronized void start(EventLoopGroup loops) {
    tasks.add(
        loops.scheduleWithFixedDelay(this::sweep, SWEEP_MINUTES, SWEEP_MINUTES, TimeUnit.MINUTES));
    tasks.add(
        loops.scheduleWithFixedDelay(
            log::tellSuppressed, LOG_SECONDS, LOG_SECONDS, TimeUnit.SECONDS));
  }

  synchronized void stop() {
    tasks.forEach(task -> task.cancel(false));
    tasks.clear();
    log.tellSuppressed();
  }

  private void sweep() {
    attempts.sweep(ticker.nanos());
    wakers.sweep();
  }
}
