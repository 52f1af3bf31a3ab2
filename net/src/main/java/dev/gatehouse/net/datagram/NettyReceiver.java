package dev.gatehouse.net.datagram;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.datagram.DatagramCounters.SendError;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a socket with an event loop of its own, where the kernel cannot be asked directly. */
final class NettyReceiver implements Receiver {

  private static final long CLOSE_SECONDS = 1;

  private final EventLoopGroup loop;
  private final Channel channel;
  private final int receiveBuffer;

  private NettyReceiver(EventLoopGroup loop, Channel channel, int receiveBuffer) {
    this.loop = loop;
    this.channel = channel;
    this.receiveBuffer = receiveBuffer;
  }

  /**
   * A receiver whose socket is bound, with reading off.
   *
   * @throws IOException in the system's words if it cannot be
   */
  static NettyReceiver bound(
      Endpoint endpoint,
      DatagramSettings settings,
      Surroundings around,
      Function<LateAnswers, DatagramHandler> handlers)
      throws IOException {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    ChannelFuture binding =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> new NioDatagramChannel(family(endpoint.address().family())))
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_RCVBUF, settings.receiveBuffer())
            // one byte more, so that what is too long can be told from what just fits
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(settings.maxReceived() + 1))
            .handler(new Packets(settings, around, handlers))
            .bind(socketAddress(endpoint.address(), endpoint.port()))
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
      throw new IOException(String.valueOf(binding.cause().getMessage()), binding.cause());
    }
    return new NettyReceiver(loop, binding.channel(), settings.receiveBuffer());
  }

  private static SocketProtocolFamily family(AddressFamily family) {
    return switch (family) {
      case IPV4 -> SocketProtocolFamily.INET;
      case IPV6 -> SocketProtocolFamily.INET6;
    };
  }

  private static InetSocketAddress socketAddress(IpAddress address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address.bytes()), port);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Handles what the channel reads. */
  private static final class Packets extends SimpleChannelInboundHandler<DatagramPacket> {

    private final DatagramSettings settings;
    private final Surroundings around;
    private final Function<LateAnswers, DatagramHandler> handlers;
    private final Datagram datagram = new Datagram();
    private @Nullable DatagramHandler handler;

    Packets(
        DatagramSettings settings,
        Surroundings around,
        Function<LateAnswers, DatagramHandler> handlers) {
      this.settings = settings;
      this.around = around;
      this.handlers = handlers;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      handler =
          handlers.apply(
              (answer, family, high, low, port) ->
                  send(context, answer.copy(), new IpAddress(family, high, low), port));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      ByteBuf content = packet.content();
      around.counters().received(1, content.readableBytes());
      InetSocketAddress sender = packet.sender();
      IpAddress source = IpAddress.ofBytes(sender.getAddress().getAddress()).unmapped();
      datagram.set(content, source.family(), source.high(), source.low(), sender.getPort());
      if (content.readableBytes() > settings.maxReceived()) {
        around.counters().oversize();
      } else if (around.isBlocked(datagram)) {
        around.counters().blocked();
      } else {
        handle(context, source, sender.getPort());
      }
    }

    private void handle(ChannelHandlerContext context, IpAddress source, int port) {
      ByteBuf answer = context.alloc().buffer(settings.maxSent());
      DatagramHandler present = Objects.requireNonNull(handler);
      present.begin();
      present.handle(datagram, answer);
      if (answer.isReadable()) {
        send(context, answer, source, port);
      } else {
        answer.release();
      }
    }

    private void send(ChannelHandlerContext context, ByteBuf answer, IpAddress to, int port) {
      int bytes = answer.readableBytes();
      context
          .writeAndFlush(new DatagramPacket(answer, socketAddress(to, port)))
          .addListener(
              written -> {
                if (written.isSuccess()) {
                  around.counters().sent(1, bytes);
                } else {
                  around.counters().notSent(SendError.OTHER);
                }
              });
    }

    /** Errors of one datagram or of one client pass by. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!context.channel().isActive()) {
        around.failed().accept(cause);
      }
    }
  }

  @Override
  public Endpoint boundAddress() {
    InetSocketAddress bound = (InetSocketAddress) channel.localAddress();
    return new Endpoint(IpAddress.ofBytes(bound.getAddress().getAddress()), bound.getPort());
  }

  @Override
  public int receiveBuffer() {
    return receiveBuffer;
  }

  @Override
  public long receiveDrops() {
    return 0;
  }

  @Override
  public void begin() {
    channel.config().setAutoRead(true);
  }

  @Override
  public void stop() {
    channel.config().setAutoRead(false);
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
