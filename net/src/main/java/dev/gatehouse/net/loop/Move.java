package dev.gatehouse.net.loop;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * Takes a connection from one event loop to another, for those that speak with each other most.
 *
 * <p>What the kernel has received stays there, what has been written and not flushed stays with the
 * channel, and what handlers keep stays theirs.
 */
public final class Move {

  private final EventLoop to;

  public Move(EventLoop to) {
    this.to = to;
  }

  /** Whether there is a way to go, and the transport lets go of what it holds. */
  public boolean isFor(Channel channel) {
    // with io_uring the kernel still works on what it was asked for by the loop before
    return !channel.eventLoop().equals(to) && !(channel instanceof IoUringSocketChannel);
  }

  /**
   * Takes a channel along that is not read at present, and that nobody writes to meanwhile; on its
   * loop.
   *
   * @param arrived runs on the new loop
   * @param lost runs instead if the connection has ended, or the loop
   */
  public void take(Channel channel, Runnable arrived, Runnable lost) {
    channel
        .deregister()
        .addListener(
            gone ->
                to.register(channel)
                    .addListener(there -> (there.isSuccess() ? arrived : lost).run()));
  }
}
