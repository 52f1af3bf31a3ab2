package dev.gatehouse.proxy.l7.http2;

import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.proxy.exchange.Tunnel;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One stream of HTTP/2 that is to be a WebSocket (RFC 8441), as the client's side of a tunnel.
 *
 * <p>What the client says before the backend has agreed waits here. Its window is not opened any
 * further meanwhile, which bounds it.
 */
final class Http2Socket implements Tunnel.End {

  private final Http2Reply stream;
  private final Queue<ByteBuf> early = new ArrayDeque<>();
  private @Nullable Tunnel tunnel;
  private boolean ended;

  Http2Socket(Http2Reply stream) {
    this.stream = stream;
  }

  /** Bytes of the client; owned here. */
  void received(ByteBuf bytes) {
    Tunnel open = tunnel;
    if (ended) {
      bytes.release();
    } else if (open == null) {
      early.add(bytes);
    } else {
      open.received(Side.CLIENT, bytes);
    }
  }

  void readComplete() {
    if (tunnel != null) {
      tunnel.readComplete(Side.CLIENT);
    }
  }

  void writable() {
    if (tunnel != null) {
      tunnel.writable(Side.CLIENT);
    }
  }

  /** Passes on from now on, and first what has waited. */
  void open(Tunnel to) {
    tunnel = to;
    for (ByteBuf bytes = early.poll(); bytes != null; bytes = early.poll()) {
      to.received(Side.CLIENT, bytes);
    }
  }

  /** Whether there was a tunnel, which ends with this. */
  boolean gone() {
    ended = true;
    early.forEach(ByteBuf::release);
    early.clear();
    if (tunnel != null) {
      tunnel.gone();
    }
    return tunnel != null;
  }

  @Override
  public void write(ByteBuf bytes) {
    stream.data(bytes);
  }

  @Override
  public void flush() {
    stream.flush();
  }

  @Override
  public boolean isWritable() {
    return stream.isWritable();
  }

  @Override
  public void more() {
    stream.more();
  }

  @Override
  public void close() {
    ended = true;
    stream.close();
  }
}
