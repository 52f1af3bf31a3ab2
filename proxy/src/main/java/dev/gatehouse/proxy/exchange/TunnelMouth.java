package dev.gatehouse.proxy.exchange;

import dev.gatehouse.net.splice.SpliceRelay.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** A side of a tunnel that has a connection of its own; the last in the pipeline of that. */
public final class TunnelMouth extends ChannelInboundHandlerAdapter implements Tunnel.End {

  private final Tunnel tunnel;
  private final Side side;
  private final Channel connection;

  TunnelMouth(Tunnel tunnel, Side side, Channel connection) {
    this.tunnel = tunnel;
    this.side = side;
    this.connection = connection;
  }

  /** Takes what comes on the connection from now on. */
  public void join() {
    connection.pipeline().addLast("tunnel", this);
  }

  @Override
  public void write(ByteBuf bytes) {
    connection.write(bytes, connection.voidPromise());
  }

  @Override
  public void flush() {
    connection.flush();
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable();
  }

  @Override
  public void more() {
    connection.read();
  }

  @Override
  public void close() {
    if (connection.isActive()) {
      connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    tunnel.received(side, (ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    tunnel.readComplete(side);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (connection.isWritable()) {
      tunnel.writable(side);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    tunnel.gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    tunnel.gone();
  }
}
