package dev.gatehouse.net.splice;

import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One direction between two sockets of the kernel.
 *
 * <p>Bytes that were read during the hand-over go into the pipe before anything of the source, so
 * that order and accounting are those of spliced bytes.
 */
final class KernelConduit implements Conduit {

  /** Neither pipes nor sockets have a position. */
  private static final long NO_OFFSET = -1;

  private final Socket source;
  private final Pipe pipe;
  private final Socket sink;
  private final Queue<ByteBuf> early = new ArrayDeque<>(1);

  KernelConduit(Socket source, Pipe pipe, Socket sink) {
    this.source = source;
    this.pipe = pipe;
    this.sink = sink;
  }

  Pipe pipe() {
    return pipe;
  }

  /** Takes over a buffer that was read from the source before it could be spliced. */
  void precede(ByteBuf bytes) {
    early.add(bytes);
  }

  @Override
  public int fill(int maxBytes) throws IOException {
    ByteBuf bytes = early.peek();
    if (bytes != null) {
      return write(bytes, maxBytes);
    }
    int into = pipe.writeEnd().intValue();
    return Native.splice(source.intValue(), NO_OFFSET, into, NO_OFFSET, maxBytes);
  }

  @Override
  public int drain(int maxBytes) throws IOException {
    int from = pipe.readEnd().intValue();
    return Native.splice(from, NO_OFFSET, sink.intValue(), NO_OFFSET, maxBytes);
  }

  @Override
  public void end() throws IOException {
    sink.shutdown(false, true);
  }

  /** Drops what was read early and did not reach the pipe. */
  void release() {
    for (ByteBuf bytes = early.poll(); bytes != null; bytes = early.poll()) {
      bytes.release();
    }
  }

  private int write(ByteBuf bytes, int maxBytes) throws IOException {
    int length = Math.min(maxBytes, bytes.readableBytes());
    ByteBuffer window = bytes.internalNioBuffer(bytes.readerIndex(), length);
    int count = pipe.writeEnd().write(window, window.position(), window.limit());
    bytes.skipBytes(count);
    if (!bytes.isReadable()) {
      early.remove().release();
    }
    return count;
  }
}
