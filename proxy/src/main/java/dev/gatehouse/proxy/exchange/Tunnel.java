package dev.gatehouse.proxy.exchange;

import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.proxy.sweep.LoopSweep;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Two connections that pass on each other's bytes once they have turned to WebSocket.
 *
 * <p>What a frame means is none of its business. A side is read on only as the other one takes what
 * has come; the end of one ends the other, after its last byte.
 */
public final class Tunnel extends LoopSweep.Swept {

  private static final String TIMEOUT = "tunnel_timeout";

  private final Exchanges shared;
  private final RequestContext context;
  private final Channel backend;
  private final Consumer<String> ended;
  private final Mouth clientMouth = new Mouth(Side.CLIENT);
  private final Mouth backendMouth = new Mouth(Side.BACKEND);
  private long moved;
  private long seen;
  private long movedNanos;
  private boolean over;

  /**
   * @param backend with reading off
   * @param ended told once, with what brought it about; empty: one of the two sides
   */
  Tunnel(Exchanges shared, RequestContext context, Channel backend, Consumer<String> ended) {
    this.shared = shared;
    this.context = context;
    this.backend = backend;
    this.ended = ended;
  }

  /** What takes the client's bytes, and is the last in its pipeline. */
  public ChannelHandler clientHandler() {
    return clientMouth;
  }

  /**
   * Begins to pass on.
   *
   * @param first what the backend has sent already; owned here
   */
  void begin(ByteBuf first) {
    backend.pipeline().addLast("tunnel", backendMouth);
    movedNanos = shared.ticker().nanos();
    shared.sweep().add(client().eventLoop(), this);
    backendMouth.pass(first);
    client().flush();
    // what the client has said ahead
    backend.flush();
    client().read();
    backend.read();
  }

  @Override
  public void look(long nowNanos) {
    if (moved != seen) {
      seen = moved;
      movedNanos = nowNanos;
    }
    Duration limit = shared.timeouts().tunnel();
    if (limit.isPositive() && nowNanos - movedNanos >= limit.toNanos()) {
      end(TIMEOUT);
    }
  }

  private void end(String cause) {
    if (over) {
      return;
    }
    over = true;
    shared.sweep().remove(client().eventLoop(), this);
    closeAfterLastByte(client());
    closeAfterLastByte(backend);
    ended.accept(cause);
  }

  private static void closeAfterLastByte(Channel channel) {
    if (channel.isActive()) {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private Channel client() {
    return context.from().channel();
  }

  /** One end, where bytes come in for the other. */
  private final class Mouth extends ChannelInboundHandlerAdapter {

    private final Side side;

    Mouth(Side side) {
      this.side = side;
    }

    private Channel other() {
      return switch (side) {
        case CLIENT -> backend;
        case BACKEND -> client();
      };
    }

    void pass(ByteBuf bytes) {
      int length = bytes.readableBytes();
      moved += length;
      context.route().traffic().received(side, length);
      other().write(bytes, other().voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (over) {
        ReferenceCountUtil.release(message);
      } else {
        pass((ByteBuf) message);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      other().flush();
      if (!over && other().isWritable()) {
        context.read();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (!over && context.channel().isWritable()) {
        other().read();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      end("");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      end("");
    }
  }
}
