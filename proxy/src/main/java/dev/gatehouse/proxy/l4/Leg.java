package dev.gatehouse.proxy.l4;

import dev.gatehouse.net.listen.HeldBytes;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection, and what has come in there.
 *
 * <p>Until it is joined to another leg it keeps what it receives, which is little: nobody asks for
 * it, but epoll hands over one buffer when it sees the end of a stream.
 */
final class Leg extends ChannelDuplexHandler {

  static final String NAME = "relay";

  /** What happens at a leg, told on its loop. */
  interface Owner {

    /** All that was there for now has been handed to the peer. */
    void readComplete(Leg leg);

    /** After a time without, it can be written again. */
    void writable(Leg leg);

    /** Nothing more will come in. */
    void inputEnded(Leg leg);

    /** The socket is gone, with a cause if it was not closed from here. */
    void broken(Leg leg, @Nullable Throwable cause);
  }

  private final Side side;
  private final HeldBytes early = new HeldBytes();
  private Owner owner;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ChannelHandlerContext peer;
  private long received;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean closeAsked;

  Leg(Side side, Owner owner) {
    this.side = side;
    this.owner = owner;
  }

  /** From now on what comes in goes to that leg; what is kept goes first. */
  void join(Leg other, Owner relay) {
    owner = relay;
    peer = other.context();
    ByteBuf kept = early.take();
    if (kept != null) {
      other.write(kept);
    }
  }

  Side side() {
    return side;
  }

  /** Bytes so far. */
  long received() {
    return received;
  }

  /** Counts bytes that came in before this handler was there. */
  void addReceived(long bytes) {
    received += bytes;
  }

  boolean hasInputEnded() {
    return inputEnded;
  }

  Channel channel() {
    return context().channel();
  }

  void read() {
    context().read();
  }

  /** Sends bytes of our own; a failure shows as an exception at this leg. */
  void write(ByteBuf bytes) {
    context().write(bytes, context().voidPromise());
  }

  void flush() {
    context().flush();
  }

  boolean isWritable() {
    return channel().isWritable();
  }

  /**
   * Sends the end of its stream. Once the other end comes too, there is nothing left to be kept
   * open for: Netty then closes the socket itself, which saves a shutdown that would fail.
   */
  void endOutput() {
    outputEnded = true;
    ((DuplexChannel) channel()).shutdownOutput();
    keepHalfOpen(false);
  }

  /** Whether the socket outlives the end of what comes in. */
  void keepHalfOpen(boolean kept) {
    channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, kept);
  }

  /** Whether everything that was written has left. */
  boolean isDrained() {
    var queue = channel().unsafe().outboundBuffer();
    return queue == null || queue.totalPendingWriteBytes() == 0;
  }

  /**
   * Goes on once all that was written so far has left; at once if it has.
   *
   * <p>Otherwise a task later: while it tells of a write, the channel still counts it as pending,
   * and whoever then asked again would never be done.
   */
  void whenDrained(Runnable then) {
    if (isDrained()) {
      then.run();
    } else {
      context()
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(
              sent -> {
                // what could not be sent is somebody else's story: the socket is gone
                if (sent.isSuccess()) {
                  context().executor().execute(then);
                }
              });
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    early.discard();
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    received += bytes.readableBytes();
    if (peer == null) {
      early.add(from.alloc(), bytes);
    } else {
      // a failed write shows as an exception at the other leg
      peer.write(bytes, peer.voidPromise());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    owner.readComplete(this);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext from) {
    if (from.channel().isWritable()) {
      owner.writable(this);
    }
  }

  /** The event comes again and again where nobody reads. */
  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) {
    if (event instanceof ChannelInputShutdownEvent && !inputEnded) {
      inputEnded = true;
      owner.inputEnded(this);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    owner.broken(this, cause);
  }

  @Override
  public void close(ChannelHandlerContext to, ChannelPromise promise) {
    closeAsked = true;
    to.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    if (outputEnded && !closeAsked && !inputEnded) {
      inputEnded = true;
      owner.inputEnded(this);
    } else {
      owner.broken(this, null);
    }
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext present = context;
    if (present == null) {
      throw new IllegalStateException("leg: not in a pipeline");
    }
    return present;
  }
}
