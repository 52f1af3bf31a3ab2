package dev.gatehouse.relay.entrance;

import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ClientHelloDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Reads the hello of a TLS client, hands it to what answers it, and takes itself out; whoever says
 * none in time is reset.
 */
final class TlsEntrance extends ByteToMessageDecoder {

  private static final int MAX_HELLO = 16 * 1024;
  private static final int MAX_RECORDS = 64;

  private final ClientHelloDecoder hellos = new ClientHelloDecoder(MAX_HELLO, MAX_RECORDS);
  private final BiFunction<ClientHello, ByteBufAllocator, Opening> contexts;
  private final Duration timeout;
  private final Deadline deadline;
  private final Consumer<Refusal> refused;

  TlsEntrance(
      BiFunction<ClientHello, ByteBufAllocator, Opening> contexts,
      Duration timeout,
      Deadline deadline,
      Consumer<Refusal> refused) {
    this.contexts = contexts;
    this.timeout = timeout;
    this.deadline = deadline;
    this.refused = refused;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadline.set(
        timeout,
        () -> {
          refused.accept(Refusal.HANDSHAKE_TIMEOUT);
          Refusal.reset(ctx.channel());
        });
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    switch (hellos.decode(in)) {
      case Decoded.Complete<ClientHello>(ClientHello hello) -> answer(ctx, hello);
      case Decoded.Incomplete<ClientHello>() -> {
        // the deadline sees to it that this ends
      }
      case Decoded.Malformed<ClientHello>(Decoded.Fault _) -> {
        in.skipBytes(in.readableBytes());
        Refusal.reset(ctx.channel());
      }
    }
  }

  private void answer(ChannelHandlerContext ctx, ClientHello hello) {
    switch (contexts.apply(hello, ctx.alloc())) {
      case Opening.Opened(SslHandler handler) -> {
        handler.setHandshakeTimeoutMillis(timeout.toMillis());
        ctx.pipeline().addAfter(ctx.name(), null, handler);
        ctx.pipeline().remove(this);
      }
      case Opening.Refused(ByteBuf alert) ->
          ctx.writeAndFlush(alert).addListener(ChannelFutureListener.CLOSE);
      case Opening.Unavailable() -> Refusal.reset(ctx.channel());
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    // the time for the handshake runs on: it is the client's from its first byte
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
