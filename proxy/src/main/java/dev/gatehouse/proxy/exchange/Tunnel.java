package dev.gatehouse.proxy.exchange;

import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.proxy.sweep.LoopSweep;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client and a backend that get each other's bytes once they have turned to WebSocket.
 *
 * <p>What a frame means is none of its business. A side is read on only as the other one takes what
 * has come; the end of one ends the other, after its last byte. The backend's side is a connection;
 * the client's is one too, or a stream of HTTP/2 (RFC 8441). On the client's loop.
 */
public final class Tunnel extends LoopSweep.Swept {

  private static final String TIMEOUT = "tunnel_timeout";

  /** One side, by which the bytes of the other leave. */
  public interface End {

    /** Sends bytes, and releases them. */
    void write(ByteBuf bytes);

    /** What was sent leaves now. */
    void flush();

    /** Whether it takes more without keeping it here. */
    boolean isWritable();

    /** What has come from it was taken by the other side; more may come. */
    void more();

    /** Ends it after its last byte. */
    void close();
  }

  private final Exchanges shared;
  private final RequestContext context;
  private final TunnelMouth backend;
  private final Consumer<String> ended;
  private @Nullable End client;
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
    this.backend = new TunnelMouth(this, Side.BACKEND, backend);
    this.ended = ended;
  }

  /** The client's side where that is this connection. */
  public TunnelMouth ofClient(Channel connection) {
    return new TunnelMouth(this, Side.CLIENT, connection);
  }

  /**
   * Begins to pass on.
   *
   * @param with the client's side
   * @param first what the backend has sent already; owned here
   */
  void begin(End with, ByteBuf first) {
    client = with;
    backend.join();
    movedNanos = shared.ticker().nanos();
    shared.sweep().add(loop(), this);
    received(Side.BACKEND, first);
    with.flush();
    // what the client has said ahead
    backend.flush();
    with.more();
    backend.more();
  }

  /** Bytes have come from that side; owned here. */
  public void received(Side from, ByteBuf bytes) {
    if (over) {
      bytes.release();
      return;
    }
    int length = bytes.readableBytes();
    moved += length;
    context.route().traffic().received(from, length);
    end(from.other()).write(bytes);
  }

  /** All that had come from that side is told. */
  public void readComplete(Side from) {
    End to = end(from.other());
    to.flush();
    if (!over && to.isWritable()) {
      end(from).more();
    }
  }

  /** That side takes more again. */
  public void writable(Side side) {
    if (!over) {
      end(side.other()).more();
    }
  }

  /** One of the two has ended, which ends the other. */
  public void gone() {
    end("");
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
    shared.sweep().remove(loop(), this);
    end(Side.CLIENT).close();
    backend.close();
    ended.accept(cause);
  }

  private End end(Side side) {
    return switch (side) {
      case CLIENT -> Objects.requireNonNull(client, "begun");
      case BACKEND -> backend;
    };
  }

  private EventLoop loop() {
    return context.from().channel().eventLoop();
  }
}
