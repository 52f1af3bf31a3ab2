package dev.gatehouse.tracker.http;

import dev.gatehouse.kernel.time.Ticker;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one deadline that a connection has at a time.
 *
 * <p>A request usually moves the deadline further away. The timer that runs is left alone then and
 * looks, once it fires, whether it still has to wait: so requests that come one after the other
 * cost no timers.
 */
final class ConnectionTimer {

  private final EventLoop loop;
  private final Ticker ticker;
  private @Nullable Future<?> timer;
  private @Nullable Runnable expired;
  private long firesNanos;
  private long deadlineNanos;

  ConnectionTimer(EventLoop loop, Ticker ticker) {
    this.loop = loop;
    this.ticker = ticker;
  }

  /** Sets the deadline, in place of another. */
  void set(Duration time, Runnable action) {
    long now = ticker.nanos();
    deadlineNanos = now + time.toNanos();
    expired = action;
    if (timer == null || firesNanos - deadlineNanos > 0) {
      cancel();
      schedule(now);
    }
  }

  /** Lets the deadline pass; there is none until the next is set. */
  void clear() {
    expired = null;
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void schedule(long now) {
    firesNanos = deadlineNanos;
    timer = loop.schedule(this::fire, deadlineNanos - now, TimeUnit.NANOSECONDS);
  }

  private void fire() {
    timer = null;
    Runnable action = expired;
    if (action == null) {
      return;
    }
    long now = ticker.nanos();
    if (deadlineNanos - now > 0) {
      schedule(now);
    } else {
      expired = null;
      action.run();
    }
  }
}
