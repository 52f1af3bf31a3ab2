package dev.gatehouse.net.tls;

import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ClientHelloDecoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** A server that peeks at the hello, lets a context answer it, and then echoes. */
final class TlsServer implements AutoCloseable {

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<SslHandler> handlers = new LinkedBlockingQueue<>();
  private final BiFunction<ClientHello, ByteBufAllocator, Opening> contexts;
  private final Channel listener;

  TlsServer(BiFunction<ClientHello, ByteBufAllocator, Opening> contexts) throws Exception {
    this.contexts = contexts;
    this.listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    channel.closeFuture().addListener(closed -> connections.remove(channel));
                    channel.pipeline().addLast(new HelloPeek());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** What answered the next connection. */
  SslHandler nextHandler() throws InterruptedException {
    return handlers.take();
  }

  int openConnections() {
    return connections.size();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    for (Channel connection : connections) {
      connection.close().syncUninterruptibly();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Passes every byte of the hello on to the handler that takes its place. */
  private final class HelloPeek extends ByteToMessageDecoder {

    private final ClientHelloDecoder decoder = new ClientHelloDecoder(1 << 14, 64);

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
      switch (decoder.decode(in)) {
        case Decoded.Complete<ClientHello>(ClientHello hello) -> answer(ctx, hello);
        case Decoded.Incomplete<ClientHello>() -> {
          // more will come
        }
        case Decoded.Malformed<ClientHello>(Decoded.Fault fault) ->
            throw new AssertionError(fault.label());
      }
    }

    private void answer(ChannelHandlerContext ctx, ClientHello hello) {
      switch (contexts.apply(hello, ctx.alloc())) {
        case Opening.Opened(SslHandler handler) -> {
          handlers.add(handler);
          ctx.pipeline().addLast(handler, new Echo());
          ctx.pipeline().remove(this);
        }
        case Opening.Refused(ByteBuf alert) ->
            ctx.writeAndFlush(alert).addListener(ChannelFutureListener.CLOSE);
        case Opening.Unavailable() -> ctx.close();
      }
    }
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ctx.writeAndFlush(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
