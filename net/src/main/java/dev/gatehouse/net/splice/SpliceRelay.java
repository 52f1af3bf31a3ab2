package dev.gatehouse.net.splice;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.Native;
import java.util.Set;

/**
 * Joins two sockets of one epoll loop in the kernel: what one peer sends goes through a pipe to the
 * other, and never enters the JVM.
 *
 * <p><b>Hand-over.</b> {@link #join} takes both channels out of Netty's hands, which is done a task
 * later, and registers their sockets with the loop itself. Until then a socket that hangs up is
 * still read by Netty, whatever is asked of it. Those bytes are kept and sent ahead of the first
 * spliced one. From {@code join} on no handler of either pipeline sees bytes or the end of input;
 * none may write.
 *
 * <p><b>Relay.</b> Either direction has a {@link SplicePump}, which says by which rules it moves
 * bytes. The end of one side is passed on, and the other direction goes on.
 *
 * <p><b>End.</b> The relay lets go of the sockets once both directions ended, when one fails, on
 * {@link #close}, or when somebody closes one of the channels; it never closes a channel itself.
 * Netty does not watch the channels any more, so the owner then closes both, and their handlers see
 * {@code channelInactive} as ever.
 *
 * <p>All of it happens on the loop.
 */
public final class SpliceRelay {

  /** What the owner is told, on the loop. */
  public interface Observer {

    /** Both sockets are out of Netty's hands, and bytes begin to flow. */
    void joined();

    /** One side ended its output; all its bytes and the end were passed on to the other. */
    void halfClosed(Side from);

    /** The second side ended its output too; nothing is left in the pipes. Told last. */
    void finished();

    /** The socket of one side was reset or had an error, or was not handed over. Told last. */
    void failed(Side culprit, Throwable cause);
  }

  /** An end of the relay. */
  public enum Side {
    CLIENT,
    BACKEND;

    /** The end across. */
    public Side other() {
      return this == CLIENT ? BACKEND : CLIENT;
    }
  }

  private static final int NOTHING = 0;

  private final EventLoop loop;
  private final PipePool pipes;
  private final Observer observer;
  private final SocketEnd client;
  private final SocketEnd backend;
  private int detached;
  private boolean closed;

  private SpliceRelay(
      Channel client,
      Channel backend,
      Set<Side> ended,
      Pipe up,
      Pipe down,
      PipePool pipes,
      Observer observer) {
    loop = client.eventLoop();
    this.pipes = pipes;
    this.observer = observer;
    boolean clientEnded = ended.contains(Side.CLIENT);
    boolean backendEnded = ended.contains(Side.BACKEND);
    this.client = new SocketEnd(this, Side.CLIENT, client, up, backend, clientEnded);
    this.backend = new SocketEnd(this, Side.BACKEND, backend, down, client, backendEnded);
  }

  /** Whether a channel's socket can be joined at all. */
  public static boolean isPossible(Channel channel) {
    return channel instanceof EpollSocketChannel;
  }

  /**
   * Begins to join two channels, and returns at once.
   *
   * <p>Called on the loop that both share, with {@code AUTO_READ} off, no read outstanding and all
   * that was written flushed.
   *
   * @param ended the side, if any, whose end was read and passed on before
   */
  public static Join join(
      Channel client, Channel backend, Set<Side> ended, PipePool pipes, Observer observer) {
    assert client.eventLoop().inEventLoop();
    assert backend.eventLoop().inEventLoop();
    assert ended.size() < 2;
    requireQuiet(client);
    requireQuiet(backend);
    return switch (pipes.take()) {
      case Shortage shortage -> new Join.Refused(shortage);
      case Pipe up ->
          switch (pipes.take()) {
            case Shortage shortage -> {
              pipes.give(up);
              yield new Join.Refused(shortage);
            }
            case Pipe down ->
                new SpliceRelay(client, backend, ended, up, down, pipes, observer).begin();
          };
    };
  }

  /** What Netty has not sent yet would be overtaken, and lost if the channel is never watched. */
  private static void requireQuiet(Channel channel) {
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    if (channel.config().isAutoRead()
        || (pending != null && pending.totalPendingWriteBytes() > 0)) {
      throw new IllegalStateException(channel + ": busy (expected: no read, no write)");
    }
  }

  /** Bytes read from a side since the hand-over began. */
  public long received(Side from) {
    assert loop.inEventLoop();
    return end(from).pump().received();
  }

  /**
   * Lets go of both sockets, which stay open, and drops what is on its way; the observer hears no
   * more. May be called twice.
   */
  public void close() {
    assert loop.inEventLoop();
    if (!closed) {
      closed = true;
      client.letGo(pipes);
      backend.letGo(pipes);
    }
  }

  private Join begin() {
    client.detach().addListener(_ -> detached());
    backend.detach().addListener(_ -> detached());
    return new Join.Begun(this);
  }

  private void detached() {
    detached++;
    if (detached == 2 && !closed && client.watch() && backend.watch()) {
      observer.joined();
      // does not wait for the first edges: the pumps find out what they would tell
      ready(Side.CLIENT, NOTHING);
    }
  }

  /** Takes bytes that Netty read after the hand-over began. */
  void readEarly(Side from, ByteBuf bytes) {
    if (closed) {
      bytes.release();
    } else {
      end(from).conduit().precede(bytes);
    }
  }

  /** Notes that Netty read the end of a side after the hand-over began. */
  void hungUpEarly(Side from) {
    end(from).pump().sourceHungUp();
  }

  /** Takes what epoll reports of a socket. */
  void ready(Side side, int events) {
    if ((events & Native.EPOLLERR) != 0) {
      fail(side, end(side).error());
      return;
    }
    SplicePump sent = end(side).pump();
    if ((events & Native.EPOLLRDHUP) != 0) {
      sent.sourceHungUp();
    }
    if ((events & Native.EPOLLIN) != 0) {
      sent.sourceReady();
    }
    if ((events & Native.EPOLLOUT) != 0) {
      end(side.other()).pump().sinkReady();
    }
    pump(side);
    pump(side.other());
  }

  void fail(Side culprit, Throwable cause) {
    if (!closed) {
      close();
      observer.failed(culprit, cause);
    }
  }

  private void pump(Side from) {
    if (closed) {
      return;
    }
    SplicePump pump = end(from).pump();
    switch (pump.turn()) {
      case IDLE -> {}
      case MORE -> end(from.other()).remind();
      case ENDED -> ended(from);
      case SOURCE_FAILED -> fail(from, pump.failure());
      case SINK_FAILED -> fail(from.other(), pump.failure());
    }
  }

  private void ended(Side from) {
    observer.halfClosed(from);
    if (!closed && end(from.other()).pump().ended()) {
      close();
      observer.finished();
    }
  }

  private SocketEnd end(Side side) {
    return side == Side.CLIENT ? client : backend;
  }
}
