package dev.gatehouse.net.listen;

import dev.gatehouse.net.listen.ProxyHeaderStep.Kind;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader;
import dev.gatehouse.wire.proxyprotocol.ProxyHeaderDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one header at the front of a connection, and then hands what follows it to the service.
 *
 * <p>What came in the same reads as the header waits here until the service reads for the first
 * time, as it would wait in the socket; then this handler is gone. The deadline is for the whole
 * header, however it trickles in.
 */
final class ProxyHeaderReader extends ChannelDuplexHandler {

  static final String NAME = "proxy-header";

  /** The low half of this byte of version 2 is the command (section 2.2). */
  private static final int COMMAND_AT = 12;

  private final ProxyHeaderStep step;
  private final Promise<Verdict> verdict;
  private final HeldBytes held = new HeldBytes();
  private @Nullable Future<?> deadline;
  private boolean ended;
  private boolean handingOver;

  ProxyHeaderReader(ProxyHeaderStep step, Promise<Verdict> verdict) {
    this.step = step;
    this.verdict = verdict;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> reject(context, ProxyHeaderStep.TIMEOUT),
                step.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
    context.read();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (!ended) {
      end(step.left());
    }
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
  public void read(ChannelHandlerContext context) {
    if (ended && held.isEmpty()) {
      context.pipeline().remove(this);
    }
    if (!ended || held.isEmpty()) {
      context.read();
    } else if (!handingOver) {
      // not at once: a read never answers from within
      handingOver = true;
      context.executor().execute(() -> handOver(context));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!ended) {
      end(step.left());
    }
    passOn(context);
    context.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!ended && event == Listener.Event.DRAIN) {
      end(new Verdict.Refused(Refusal.DRAINING));
      return;
    }
    if (event instanceof ChannelInputShutdownEvent) {
      passOn(context);
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (ended) {
      context.fireExceptionCaught(cause);
    } else {
      end(step.left());
    }
  }

  private void decode(ChannelHandlerContext context, ByteBuf in) {
    int start = in.readerIndex();
    switch (ProxyHeaderDecoder.decode(in)) {
      case Decoded.Complete<ProxyHeader>(ProxyHeader header) ->
          end(step.received(context.channel(), header, kind(in, start, header)));
      case Decoded.Malformed<ProxyHeader>(Decoded.Fault fault) -> reject(context, fault.label());
      case Decoded.Incomplete<ProxyHeader>() -> {}
    }
  }

  private void reject(ChannelHandlerContext context, String reason) {
    end(step.rejected(context.channel(), reason));
  }

  /** The verdict is out; of the bytes, only those after an accepted header matter from now on. */
  private void end(Verdict outcome) {
    ended = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
    if (!held.isReadable() || !(outcome instanceof Verdict.Admitted)) {
      held.discard();
    }
    verdict.trySuccess(outcome);
  }

  private void handOver(ChannelHandlerContext context) {
    if (context.isRemoved()) {
      return;
    }
    passOn(context);
    if (context.isRemoved()) {
      // the service was not content with what came, and its next read has gone through
      return;
    }
    context.pipeline().remove(this);
    if (context.channel().config().isAutoRead()) {
      context.read();
    }
  }

  private void passOn(ChannelHandlerContext context) {
    if (context.pipeline().last() == this) {
      // a later step refused the client, so there is no service to hear it
      held.discard();
    }
    ByteBuf rest = held.take();
    if (rest != null) {
      context.fireChannelRead(rest);
      context.fireChannelReadComplete();
    }
  }

  private static Kind kind(ByteBuf in, int start, ProxyHeader header) {
    boolean named = header instanceof ProxyHeader.Relayed;
    if (in.getByte(start) == 'P') {
      return named ? Kind.V1_PROXY : Kind.V1_UNKNOWN;
    }
    boolean local = (in.getByte(start + COMMAND_AT) & 0xf) == 0;
    if (local) {
      return Kind.V2_LOCAL;
    }
    return named ? Kind.V2_PROXY : Kind.V2_UNKNOWN;
  }
}
