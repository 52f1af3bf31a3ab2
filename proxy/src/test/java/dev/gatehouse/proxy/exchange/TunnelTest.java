package dev.gatehouse.proxy.exchange;

import static dev.gatehouse.proxy.exchange.ExchangeWorld.bytes;
import static dev.gatehouse.proxy.http.Messages.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakGuard.class)
class TunnelTest {

  private final ExchangeWorld world = new ExchangeWorld();
  private final Wire client = new Wire();
  private final Wire server = new Wire();
  private final EmbeddedChannel backend = new EmbeddedChannel(server);
  private final List<String> causes = new ArrayList<>();
  private final Tunnel tunnel =
      new Tunnel(
          world.shared,
          world.context(request("GET·/·HTTP/1.1$Host:·a.example$$"), 0),
          backend,
          causes::add);

  /** Counts reads, and lets nothing out while it is stopped. */
  private static final class Wire extends ChannelOutboundHandlerAdapter {
    private int reads;
    private boolean stopped;

    @Override
    public void read(ChannelHandlerContext context) {
      reads++;
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      if (!stopped) {
        context.flush();
      }
    }
  }

  @BeforeEach
  void begin() {
    world.channel.config().setAutoRead(false);
    backend.config().setAutoRead(false);
    world.channel.pipeline().addLast(client);
    TunnelMouth mouth = tunnel.ofClient(world.channel);
    mouth.join();
    tunnel.begin(mouth, bytes("first"));
    client.reads = 0;
    server.reads = 0;
  }

  @AfterEach
  void close() throws Exception {
    backend.finishAndReleaseAll();
    world.close();
  }

  private static String written(EmbeddedChannel channel) {
    StringBuilder all = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      all.append(out.toString(ISO_8859_1));
      out.release();
    }
    return all.toString();
  }

  @Test
  void whatCameWithTheHeadIsThereFirst() {
    assertThat(written(world.channel)).isEqualTo("first");
  }

  @Test
  void bytesPassInBothDirections() {
    backend.writeInbound(bytes("a"), bytes("b"));
    assertThat(written(world.channel)).isEqualTo("firstab");
    world.channel.writeInbound(bytes("c"));
    assertThat(written(backend)).isEqualTo("c");
    assertThat(world.route.traffic().received(Side.CLIENT)).isEqualTo(1);
    assertThat(world.route.traffic().received(Side.BACKEND)).isEqualTo(7);
  }

  @Test
  void aSideIsReadOnAfterEachRound() {
    backend.writeInbound(bytes("a"));
    world.channel.writeInbound(bytes("c"));
    assertThat(server.reads).isPositive();
    assertThat(client.reads).isPositive();
  }

  @Test
  void aSideIsReadOnlyAsTheOtherTakes() {
    written(world.channel);
    world.channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 4));
    client.stopped = true;
    backend.writeInbound(bytes("abcdefgh"));
    assertThat(server.reads).isZero();
    client.stopped = false;
    world.channel.flush();
    world.channel.runPendingTasks();
    assertThat(server.reads).isPositive();
    assertThat(written(world.channel)).isEqualTo("abcdefgh");
  }

  @Test
  void theEndOfTheBackendEndsTheClientAfterItsLastByte() {
    backend.writeInbound(bytes("last"));
    backend.close();
    assertThat(written(world.channel)).isEqualTo("firstlast");
    assertThat(world.channel.isActive()).isFalse();
    assertThat(causes).hasSize(1);
  }

  @Test
  void theEndOfTheClientEndsTheBackendAfterItsLastByte() {
    world.channel.writeInbound(bytes("last"));
    world.channel.close();
    assertThat(written(backend)).isEqualTo("last");
    assertThat(backend.isActive()).isFalse();
    assertThat(causes).hasSize(1);
  }

  @Test
  void aBrokenSideEndsBothOnce() {
    backend.pipeline().fireExceptionCaught(new IOException("reset"));
    assertThat(world.channel.isActive()).isFalse();
    assertThat(backend.isActive()).isFalse();
    assertThat(causes).hasSize(1);
  }

  @Test
  void whatComesAfterTheEndGoesNowhere() {
    written(world.channel);
    client.stopped = true;
    server.stopped = true;
    backend.pipeline().fireExceptionCaught(new IOException("reset"));
    backend.pipeline().fireChannelRead(bytes("late"));
    world.channel.pipeline().fireChannelRead(bytes("late"));
    assertThat(world.route.traffic().received(Side.BACKEND)).isEqualTo(5);
    assertThat(world.route.traffic().received(Side.CLIENT)).isZero();
  }

  @Test
  void silenceEndsATunnel() {
    world.pass(3600);
    assertThat(causes).as("its time begins with the first look").isEmpty();
    world.pass(2);
    assertThat(causes).hasSize(1);
    assertThat(world.channel.isActive()).isFalse();
    assertThat(backend.isActive()).isFalse();
  }

  @Test
  void aByteInEitherDirectionKeepsATunnel() {
    world.pass(3000);
    world.channel.writeInbound(bytes("ping"));
    world.pass(3000);
    backend.writeInbound(bytes("pong"));
    world.pass(3500);
    assertThat(causes).isEmpty();
    written(backend);
  }
}
