package dev.gatehouse.net.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections that a listener holds, from accept to close, and the most that it may hold. */
final class ListenerLimit implements AdmissionStep {

  private static final Verdict FULL = new Verdict.Refused(Refusal.LISTENER_LIMIT);
  private static final Verdict LATE = new Verdict.Refused(Refusal.DRAINING);

  private final AtomicInteger count = new AtomicInteger();
  private final ChannelFutureListener release = closed -> count.decrementAndGet();
  private final ChannelGroup channels =
      new DefaultChannelGroup("connections", GlobalEventExecutor.INSTANCE, true);
  private volatile int limit;
  private volatile boolean draining;

  /** A limit of 0 is none. */
  ListenerLimit(int limit) {
    change(limit);
  }

  void change(int newLimit) {
    if (newLimit < 0) {
      throw new IllegalArgumentException("max_connections: " + newLimit + " (expected: >= 0)");
    }
    limit = newLimit;
  }

  int limit() {
    return limit;
  }

  int count() {
    return count.get();
  }

  /** The connections that are held. */
  ChannelGroup channels() {
    return channels;
  }

  /** The connections that are held; from now on no other is taken. */
  ChannelGroup drain() {
    draining = true;
    return channels;
  }

  @Override
  public Verdict admit(Channel channel) {
    if (!acquire()) {
      return FULL;
    }
    channel.closeFuture().addListener(release);
    channels.add(channel);
    // asked last: whoever drains either finds the channel in the group or is seen here
    return draining ? LATE : Verdict.ADMITTED;
  }

  /** Compares before it adds: a count that overshoots for a moment would refuse a neighbour. */
  private boolean acquire() {
    int most = limit;
    int now = count.get();
    while (most == 0 || now < most) {
      if (count.compareAndSet(now, now + 1)) {
        return true;
      }
      now = count.get();
    }
    return false;
  }
}
