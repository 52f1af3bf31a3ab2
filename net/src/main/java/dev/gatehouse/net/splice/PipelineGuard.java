package dev.gatehouse.net.splice;

import dev.gatehouse.net.splice.SpliceRelay.Side;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;

/**
 * Stands between the pipeline of a joined channel and its socket, first from the head.
 *
 * <p>Inbound, it keeps from the other handlers what still arrives until the channel is
 * deregistered, and that it was deregistered at all. Outbound, it lets no close reach the socket
 * before the relay let go of it: the loop knows registrations by the number of the descriptor,
 * which the kernel gives to the next socket at once. And since Netty is silent about the end of a
 * channel that it no longer watches, it fires what the other handlers are owed then.
 */
final class PipelineGuard extends ChannelDuplexHandler {

  private static final String NAME = "splice";

  private final SpliceRelay relay;
  private final Side side;
  private boolean inactive;

  private PipelineGuard(SpliceRelay relay, Side side) {
    this.relay = relay;
    this.side = side;
  }

  static void stand(Channel channel, SpliceRelay relay, Side side) {
    channel.pipeline().addFirst(NAME, new PipelineGuard(relay, side));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().closeFuture().addListener(_ -> closed(ctx));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    relay.readEarly(side, (ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // nothing that was read went further
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      relay.hungUpEarly(side);
    } else if (!(event instanceof ChannelInputShutdownReadComplete)) {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    relay.fail(side, cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!inactive) {
      inactive = true;
      ctx.fireChannelInactive();
    }
  }

  @Override
  public void channelUnregistered(ChannelHandlerContext ctx) {
    if (!ctx.channel().isOpen()) {
      channelInactive(ctx);
      ctx.fireChannelUnregistered();
    }
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    relay.close();
    ctx.close(promise);
  }

  /** Runs for every close, also one by the transport itself, which no handler sees. */
  private void closed(ChannelHandlerContext ctx) {
    relay.close();
    ctx.channel().eventLoop().execute(ctx.pipeline()::fireChannelUnregistered);
  }
}
