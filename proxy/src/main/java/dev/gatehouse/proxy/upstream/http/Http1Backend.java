package dev.gatehouse.proxy.upstream.http;

import dev.gatehouse.net.listen.HeldBytes;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.http.Keeper.Discard;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which HTTP/1.1 is spoken with a backend: one exchange after the other.
 *
 * <p>While nobody uses it, it is watched: a backend that closes it or talks out of turn is found
 * out before the next request is lost on it.
 */
public final class Http1Backend extends ChannelInboundHandlerAdapter implements BackendConnection {

  private static final String NAME = "http1-backend";

  private final Channel channel;
  private final Backend backend;
  private final Keeper keeper;
  private final HeldBytes held = new HeldBytes();
  private @Nullable Http1Turn turn;
  private boolean used;
  private boolean gone;

  private Http1Backend(Channel channel, Backend backend, Keeper keeper) {
    this.channel = channel;
    this.backend = backend;
    this.keeper = keeper;
  }

  /** Makes one of a channel that is connected, and through TLS where that is wanted. */
  public static BackendConnection install(Channel channel, Backend backend, Keeper keeper) {
    Http1Backend made = new Http1Backend(channel, backend, keeper);
    channel.pipeline().addLast(NAME, made);
    return made;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  Backend backend() {
    return backend;
  }

  @Override
  public boolean isFree() {
    return turn == null && !gone && channel.isActive();
  }

  @Override
  public boolean isIdle() {
    return turn == null;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public BackendStream open(Request request, BackendEvents events) {
    Http1Turn begun = new Http1Turn(this, request, events, used);
    turn = begun;
    used = true;
    return begun;
  }

  /** The exchange is over, as far as the backend is concerned. */
  void ended(boolean reusable, boolean surplus) {
    turn = null;
    if (reusable && !surplus && channel.isActive()) {
      keeper.idle(this);
    } else {
      discard(surplus ? Discard.SURPLUS : Discard.CLOSED);
    }
  }

  /** The exchange was given up, or the backend cannot be understood. */
  void abandon() {
    turn = null;
    discard(Discard.ERROR);
  }

  void learned(boolean http2) {
    keeper.learned(http2);
  }

  @Override
  public void close(Discard reason) {
    discard(reason);
  }

  private void discard(Discard reason) {
    if (!gone) {
      gone = true;
      keeper.gone(this, reason);
      channel.close();
    }
  }

  /** Nobody speaks HTTP on the channel from now on. */
  void handOver() {
    turn = null;
    gone = true;
    keeper.gone(this, Discard.CLOSED);
    channel.pipeline().remove(this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.read();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    held.discard();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf all = held.add(context.alloc(), (ByteBuf) message);
    Http1Turn now = turn;
    if (now == null) {
      discard(Discard.SURPLUS);
    } else {
      now.read(all);
    }
    if (gone || !held.isReadable()) {
      held.discard();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    Http1Turn now = turn;
    if (now == null || now.awaitsHead()) {
      context.read();
    }
    if (now != null) {
      now.readComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Http1Turn now = turn;
    if (now != null && channel.isWritable()) {
      now.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lost(true);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lost(false);
    context.close();
  }

  private void lost(boolean orderly) {
    Http1Turn now = turn;
    if (now == null) {
      discard(Discard.CLOSED);
    } else {
      now.lost(orderly);
    }
  }
}
