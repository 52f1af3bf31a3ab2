package dev.gatehouse.control.ops.http;

import dev.gatehouse.net.listen.Listener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.Executor;

/**
 * Answers requests, one after the other.
 *
 * <p>A page is rendered off the loop; the next request is not looked at before its answer is
 * written, which keeps answers in order and bounds what one connection can ask for.
 */
final class ExchangeHandler extends SimpleChannelInboundHandler<Incoming> {

  private final Answering answering;
  private final Executor pages;
  private final Timeouts timeouts;
  private boolean busy;
  private boolean last;

  ExchangeHandler(Answering answering, Executor pages, Timeouts timeouts) {
    this.answering = answering;
    this.pages = pages;
    this.timeouts = timeouts;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.read();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Incoming incoming) {
    busy = true;
    switch (incoming) {
      case Incoming.Unreadable(HttpResponseStatus status) -> {
        last = true;
        Encoded refused = Encoded.of(answering.refusal(status), false);
        write(context, refused, false);
      }
      case Incoming.Request request -> {
        last |= !request.keepAlive();
        pages.execute(() -> render(context, request));
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Listener.Event.DRAIN) {
      last = true;
      if (!busy) {
        context.close();
      }
    }
    context.fireUserEventTriggered(event);
  }

  /** A peer that resets its connection is nothing to tell. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private void render(ChannelHandlerContext context, Incoming.Request request) {
    if (!context.channel().isActive()) {
      return;
    }
    Encoded encoded = answering.answer(request);
    context.executor().execute(() -> write(context, encoded, request.isHead()));
  }

  private void write(ChannelHandlerContext context, Encoded encoded, boolean isHead) {
    context
        .writeAndFlush(answering.response(encoded, isHead, last))
        .addListener(written -> written(context, written.isSuccess()));
  }

  private void written(ChannelHandlerContext context, boolean success) {
    busy = false;
    if (!success) {
      context.close();
    } else if (last) {
      linger(context);
    } else {
      timeouts.answered();
      context.read();
    }
  }

  private void linger(ChannelHandlerContext context) {
    if (context.channel() instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
      timeouts.lingering();
      context.pipeline().addFirst(new Lingering());
      duplex.shutdownOutput();
      duplex.config().setAutoRead(true);
      return;
    }
    context.close();
  }
}
