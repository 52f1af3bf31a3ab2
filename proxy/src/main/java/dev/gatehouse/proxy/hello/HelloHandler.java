package dev.gatehouse.proxy.hello;

import dev.gatehouse.net.listen.HeldBytes;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.proxy.config.HelloLimits;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ClientHelloDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ClientHello at the front of a connection and hands it on with all its bytes; then this
 * handler is gone.
 *
 * <p>What is no hello is reset. The deadline is for the whole of it, however it trickles in.
 */
public final class HelloHandler extends ChannelInboundHandlerAdapter {

  /** Its place in a pipeline. */
  public static final String NAME = "client-hello";

  private static final Logger log = LoggerFactory.getLogger(HelloHandler.class);

  private final HelloLimits limits;
  private final HelloCounters counters;
  private final BiConsumer<Channel, Greeting> next;
  private final ClientHelloDecoder decoder;
  private final HeldBytes held = new HeldBytes();
  private @Nullable Future<?> deadline;
  private boolean ended;

  /**
   * @param next adds its own handlers at once and owns the bytes
   */
  public HelloHandler(
      HelloLimits limits, HelloCounters counters, BiConsumer<Channel, Greeting> next) {
    this.limits = limits;
    this.counters = counters;
    this.next = next;
    this.decoder = new ClientHelloDecoder(limits.maxSize(), limits.maxRecords());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> refuse(context, HelloOutcome.TIMEOUT, "timeout"),
                limits.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
    context.read();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    end();
    held.discard();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf all = held.add(context.alloc(), (ByteBuf) message);
    if (!ended) {
      decode(context, all);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!ended) {
      context.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    left(context);
    context.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      left(context);
    } else if (event == Listener.Event.DRAIN) {
      end();
      Refusal.reset(context.channel());
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    left(context);
  }

  private void decode(ChannelHandlerContext context, ByteBuf in) {
    switch (decoder.decode(in)) {
      case Decoded.Complete<ClientHello>(ClientHello hello) -> handOn(context, hello, in);
      case Decoded.Malformed<ClientHello>(Decoded.Fault fault) ->
          refuse(context, HelloOutcome.of(fault), fault.label());
      case Decoded.Incomplete<ClientHello>() -> {}
    }
  }

  private void handOn(ChannelHandlerContext context, ClientHello hello, ByteBuf bytes) {
    counters.read(HelloOutcome.of(hello), bytes.readableBytes());
    held.take();
    next.accept(context.channel(), new Greeting(hello, decoder.length(), bytes));
    context.pipeline().remove(this);
  }

  private void refuse(ChannelHandlerContext context, HelloOutcome outcome, String reason) {
    end();
    counters.count(outcome);
    log.atDebug()
        .setMessage("hello_rejected")
        .addKeyValue("peer", context.channel().remoteAddress())
        .addKeyValue("reason", reason)
        .log();
    Refusal.reset(context.channel());
  }

  /** The peer went before its hello was whole, which is what health checks and scanners do. */
  private void left(ChannelHandlerContext context) {
    if (!ended) {
      end();
      counters.count(HelloOutcome.EOF);
      context.close();
    }
  }

  private void end() {
    ended = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
