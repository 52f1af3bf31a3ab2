package dev.gatehouse.proxy.l7.http1;

import dev.gatehouse.proxy.config.HttpTimeouts;
import dev.gatehouse.proxy.l7.connection.SendStall;
import dev.gatehouse.proxy.sweep.LoopSweep;
import io.netty.channel.Channel;
import java.time.Duration;

/** Finds out what of a client's connection of HTTP/1 takes too long, beside its exchanges. */
final class Http1Watch extends LoopSweep.Swept {

  private static final long DISCARD_NANOS = Duration.ofSeconds(1).toNanos();

  private final Watched watched;
  private final HttpTimeouts timeouts;
  private final SendStall stall = new SendStall();
  private Waits waits = Waits.FOR_REQUEST;
  private long sinceNanos;
  private long written;

  /** What a connection waits for. */
  enum Waits {
    FOR_REQUEST,
    FOR_HEAD,
    /** An exchange has clocks of its own. */
    FOR_EXCHANGE,
    FOR_END
  }

  /** What is looked at, and told what was found. */
  interface Watched {

    Channel channel();

    /** A head has begun and does not end. */
    void headTooSlow();

    /** No request comes. */
    void idle();

    /** The client takes nothing of what is there for it. */
    void stalled();

    /** The client has had the time to read the last answer. */
    void discardedLongEnough();
  }

  Http1Watch(Watched watched, HttpTimeouts timeouts, long nowNanos) {
    this.watched = watched;
    this.timeouts = timeouts;
    this.sinceNanos = nowNanos;
  }

  void waits(Waits what, long nowNanos) {
    waits = what;
    sinceNanos = nowNanos;
  }

  /** There is a byte of a head; only the first one counts. */
  void headBegun(long nowNanos) {
    if (waits == Waits.FOR_REQUEST) {
      waits(Waits.FOR_HEAD, nowNanos);
    }
  }

  void wrote(int bytes) {
    written += bytes;
  }

  @Override
  public void look(long nowNanos) {
    long queued = SendStall.queued(watched.channel());
    if (stall.look(nowNanos, written, queued, timeouts.sendStall())) {
      watched.stalled();
      return;
    }
    long waited = nowNanos - sinceNanos;
    switch (waits) {
      case FOR_REQUEST -> {
        if (isOver(timeouts.keepAlive(), waited)) {
          watched.idle();
        }
      }
      case FOR_HEAD -> {
        if (isOver(timeouts.requestHeader(), waited)) {
          watched.headTooSlow();
        }
      }
      case FOR_END -> {
        if (waited >= DISCARD_NANOS) {
          watched.discardedLongEnough();
        }
      }
      case FOR_EXCHANGE -> {}
    }
  }

  private static boolean isOver(Duration limit, long waited) {
    return limit.isPositive() && waited >= limit.toNanos();
  }
}
