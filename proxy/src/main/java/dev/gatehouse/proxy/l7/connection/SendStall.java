package dev.gatehouse.proxy.l7.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;

/** Finds out whether a client takes what is there for it; it is asked now and then. */
public final class SendStall {

  /** So much must be taken to count as anything, or else a byte now and then would do. */
  private static final long LEAST_PROGRESS = 16 * 1024;

  private long taken;
  private long sinceNanos;
  private boolean waits;

  /**
   * Whether nothing was taken for too long.
   *
   * @param written bytes for the client so far
   * @param waiting bytes of them that wait here
   */
  public boolean look(long nowNanos, long written, long waiting, Duration limit) {
    long takenNow = written - waiting;
    boolean moves = waiting == 0 || !waits || takenNow - taken >= LEAST_PROGRESS;
    waits = waiting > 0;
    if (moves) {
      taken = takenNow;
      sinceNanos = nowNanos;
      return false;
    }
    return limit.isPositive() && nowNanos - sinceNanos >= limit.toNanos();
  }

  /** Bytes that wait in the socket's queue. */
  public static long queued(Channel channel) {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    return out == null ? 0 : out.totalPendingWriteBytes();
  }
}
