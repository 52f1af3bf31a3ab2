package dev.gatehouse.tracker.http;

import dev.gatehouse.net.listen.HeldBytes;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ClientHelloDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Begins TLS: reads the client's hello, puts the handler for the rest in its own place and goes.
 *
 * <p>The certificate is looked up at that moment, so one that has been replaced serves whoever
 * comes from then on.
 */
final class TlsOpening extends ChannelInboundHandlerAdapter {

  static final String NAME = "tls-opening";

  private static final int MAX_HELLO = 16 * 1024;
  private static final int MAX_RECORDS = 16;

  private final CertificateStore certificates;
  private final String certificate;
  private final Duration patience;
  private final Consumer<ChannelHandlerContext> next;
  private final ClientHelloDecoder decoder = new ClientHelloDecoder(MAX_HELLO, MAX_RECORDS);
  private final HeldBytes held = new HeldBytes();
  private @Nullable Future<?> deadline;
  private boolean ended;

  /**
   * @param next adds the handlers that see what is within TLS
   */
  TlsOpening(
      CertificateStore certificates,
      String certificate,
      Duration patience,
      Consumer<ChannelHandlerContext> next) {
    this.certificates = certificates;
    this.certificate = certificate;
    this.patience = patience;
    this.next = next;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(() -> refuse(context), patience.toNanos(), TimeUnit.NANOSECONDS);
    context.read();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    ended = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
    held.discard();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf all = held.add(context.alloc(), (ByteBuf) message);
    if (ended) {
      return;
    }
    switch (decoder.decode(all)) {
      case Decoded.Complete<ClientHello>(ClientHello hello) -> open(context, hello);
      case Decoded.Malformed<ClientHello> _ -> refuse(context);
      case Decoded.Incomplete<ClientHello> _ -> {}
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!ended) {
      context.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Listener.Event.DRAIN) {
      refuse(context);
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private void open(ChannelHandlerContext context, ClientHello hello) {
    ended = true;
    switch (certificates.open(certificate, hello, context.alloc())) {
      case Opening.Opened(var handler) -> {
        handler.setHandshakeTimeoutMillis(patience.toMillis());
        ByteBuf bytes = held.take();
        context.pipeline().addAfter(context.name(), "tls", handler);
        next.accept(context);
        context.pipeline().remove(this);
        if (bytes != null) {
          context.pipeline().fireChannelRead(bytes);
          context.pipeline().fireChannelReadComplete();
        }
      }
      case Opening.Refused(ByteBuf alert) ->
          context.writeAndFlush(alert).addListener(ChannelFutureListener.CLOSE);
      case Opening.Unavailable() -> refuse(context);
    }
  }

  private void refuse(ChannelHandlerContext context) {
    ended = true;
    Refusal.reset(context.channel());
  }
}
