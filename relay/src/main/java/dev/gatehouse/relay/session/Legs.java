package dev.gatehouse.relay.session;

import dev.gatehouse.relay.gate.CloseCause;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The open legs of each loop, whose deadlines are looked at together: a timer for each would cost
 * more than the look.
 */
final class Legs {

  private final LongSupplier nanos;
  private final Map<EventExecutor, Set<Leg>> byLoop = new ConcurrentHashMap<>();
  private final List<ScheduledFuture<?>> sweeps = new ArrayList<>();

  Legs(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Begins to look, that often, and to do what else is to be done then. */
  synchronized void start(EventLoopGroup loops, Duration period, Runnable besides) {
    loops.forEach(loop -> sweeps.add(every(loop, period, () -> sweep(loop))));
    sweeps.add(every(loops.next(), period, besides));
  }

  private static ScheduledFuture<?> every(EventExecutor loop, Duration period, Runnable task) {
    long apart = period.toNanos();
    return loop.scheduleWithFixedDelay(task, apart, apart, TimeUnit.NANOSECONDS);
  }

  synchronized void stop() {
    sweeps.forEach(sweep -> sweep.cancel(false));
    sweeps.clear();
  }

  /** Adds a leg until its channel is closed. */
  void add(Channel channel, Leg leg) {
    EventLoop loop = channel.eventLoop();
    Set<Leg> legs = byLoop.computeIfAbsent(loop, first -> ConcurrentHashMap.newKeySet());
    legs.add(leg);
    channel.closeFuture().addListener(closed -> legs.remove(leg));
  }

  void closeAll(CloseCause cause) {
    byLoop.values().forEach(legs -> legs.forEach(leg -> leg.close(cause)));
  }

  private void sweep(EventExecutor loop) {
    Set<Leg> legs = byLoop.get(loop);
    if (legs != null) {
      long now = nanos.getAsLong();
      legs.forEach(leg -> leg.tick(now));
    }
  }
}
