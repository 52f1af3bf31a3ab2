package dev.gatehouse.relay.entrance;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one deadline that a connection has before its upgrade; a new one takes its place. */
final class Deadline {

  private final Channel channel;
  private @Nullable ScheduledFuture<?> pending;

  Deadline(Channel channel) {
    this.channel = channel;
  }

  void set(Duration time, Runnable late) {
    clear();
    pending = channel.eventLoop().schedule(late, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  void clear() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }
}
