package dev.gatehouse.net.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.testkit.LeakGuard;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakGuard.class)
class MoveTest {

  private static final int PATIENCE_SECONDS = 20;

  private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> read = new LinkedBlockingQueue<>();

  private EventLoops loops = new EventLoops(Transport.AUTO);

  @AfterEach
  void stop() {
    loops.close();
  }

  /** Says what was read, and whether on the loop of the channel. */
  private final class Reader extends SimpleChannelInboundHandler<ByteBuf> {

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
      read.add(bytes.toString(US_ASCII) + " " + ctx.channel().eventLoop().inEventLoop());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "NIO"})
  void whatWaitsAtEitherEndComesAlong(Transport transport) throws Exception {
    start(transport);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listen())) {
      client.setSoTimeout(PATIENCE_SECONDS * 1000);
      client.getOutputStream().write("abc".getBytes(US_ASCII));
      Channel channel = channel();
      EventLoop other = other(channel);
      CompletableFuture<Boolean> arrived = new CompletableFuture<>();
      channel
          .eventLoop()
          .execute(
              () -> {
                channel.write(Unpooled.copiedBuffer("x", US_ASCII));
                new Move(other)
                    .take(
                        channel,
                        () -> arrived.complete(other.inEventLoop()),
                        () -> arrived.complete(false));
              });
      assertThat(arrived.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(new Move(other).isFor(channel)).isFalse();
      channel.flush();
      assertThat(client.getInputStream().read()).isEqualTo('x');
      channel.config().setAutoRead(true);
      assertThat(read.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("abc true");
      client.getOutputStream().write("d".getBytes(US_ASCII));
      assertThat(read.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("d true");
      client.shutdownOutput();
      assertThat(channel.closeFuture().await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "NIO"})
  void whoHasEndedMeanwhileIsLost(Transport transport) throws Exception {
    start(transport);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listen())) {
      Channel channel = channel();
      EventLoop other = other(channel);
      assertThat(new Move(other).isFor(channel)).isTrue();
      channel.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      CompletableFuture<String> end = new CompletableFuture<>();
      new Move(other).take(channel, () -> end.complete("arrived"), () -> end.complete("lost"));
      assertThat(end.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("lost");
      assertThat(client.getInputStream().read()).isNegative();
    }
  }

  private void start(Transport transport) {
    loops = new EventLoops(transport, 2, Engine.EPOLL);
    loops.start();
  }

  private int listen() {
    Channel server =
        new ServerBootstrap()
            .group(loops.group())
            .channelFactory(loops.serverChannels(AddressFamily.IPV4))
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Reader());
                    accepted.add(channel);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  private Channel channel() throws InterruptedException {
    Channel channel = accepted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(channel).isNotNull();
    // until it is wholly on its loop
    channel.eventLoop().submit(() -> {}).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return channel;
  }

  private EventLoop other(Channel channel) {
    EventLoop next = loops.group().next();
    return next.equals(channel.eventLoop()) ? loops.group().next() : next;
  }
}
