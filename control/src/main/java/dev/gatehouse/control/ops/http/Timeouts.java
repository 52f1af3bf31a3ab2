package dev.gatehouse.control.ops.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose peer takes too long, without an answer.
 *
 * <p>Stands before the decoder to see first bytes; the handlers behind it say how far the exchange
 * is. Confined to the connection's loop.
 */
final class Timeouts extends ChannelInboundHandlerAdapter {

  private final Runnable headerExpired;
  private ChannelHandlerContext context;
  private boolean idle;

  /** Of the present phase. */
  private @Nullable Future<?> phase;

  /** Of the whole request, across its phases. */
  private @Nullable Future<?> request;

  Timeouts(Runnable headerExpired) {
    this.headerExpired = headerExpired;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    requestBegins();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    cancel(phase);
    cancel(request);
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    cancel(phase);
    cancel(request);
    inactive.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    if (idle) {
      requestBegins();
    }
    reading.fireChannelRead(message);
  }

  void headerComplete() {
    cancel(phase);
  }

  void requestComplete() {
    idle = false;
    cancel(request);
    enter(Limits.WRITE, context::close);
  }

  void answered() {
    idle = true;
    enter(Limits.IDLE, context::close);
  }

  void lingering() {
    idle = false;
    cancel(request);
    enter(Limits.LINGER, context::close);
  }

  private void requestBegins() {
    idle = false;
    enter(Limits.HEADER, this::expireHeader);
    request = schedule(Limits.READ, context::close);
  }

  private void expireHeader() {
    headerExpired.run();
    context.close();
  }

  private void enter(Duration time, Runnable expired) {
    cancel(phase);
    phase = schedule(time, expired);
  }

  private Future<?> schedule(Duration time, Runnable expired) {
    return context.executor().schedule(expired, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
