package dev.gatehouse.relay.frame;

import dev.gatehouse.wire.websocket.FrameHeader;
import dev.gatehouse.wire.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a peer: puts messages into frames and several small ones into one buffer, and
 * knows when the kernel has taken them. One connection, on its loop.
 *
 * <p>The channel has the lowest of all water marks, so that it is writable if and only if nothing
 * waits in it: this tells of the end of a write without an object for each. A write that fails
 * shows as an exception in the pipeline.
 */
public final class FrameOutput {

  /** Above it a message is written as it is; below, to copy it costs less than a buffer more. */
  private static final int MAX_COPIED = 4 * 1024;

  private static final int BUFFER = 16 * 1024;

  private static final WriteBufferWaterMark NOTHING = new WriteBufferWaterMark(1, 1);

  private final Channel channel;
  private @Nullable ByteBuf small;
  private long waiting;

  public FrameOutput(Channel channel) {
    this.channel = channel;
    channel.config().setWriteBufferWaterMark(NOTHING);
  }

  /** Adds a message, which belongs to this from now on. */
  public void add(ByteBuf message, boolean text) {
    int length = message.readableBytes();
    ByteBuf to = room(length <= MAX_COPIED ? length : 0);
    FrameHeader.write(text ? Opcode.TEXT : Opcode.BINARY, length, to);
    if (length <= MAX_COPIED) {
      to.writeBytes(message);
      message.release();
    } else {
      hand();
      write(message);
    }
  }

  private ByteBuf room(int length) {
    ByteBuf present = small;
    if (present != null && present.writableBytes() < FrameHeader.MAX_LENGTH + length) {
      hand();
      present = null;
    }
    if (present == null) {
      present = channel.alloc().buffer(BUFFER, BUFFER);
      small = present;
    }
    return present;
  }

  private void hand() {
    ByteBuf full = small;
    small = null;
    if (full != null) {
      write(full);
    }
  }

  private void write(ByteBuf bytes) {
    channel.write(bytes, channel.voidPromise());
  }

  /** Gives what was added to the kernel, or to the channel until that can take it. */
  public void flush() {
    hand();
    channel.flush();
    waiting = channel.bytesBeforeWritable();
  }

  /** Asks whether the peer lives, with a number to tell questions apart. */
  public void ping(long number) {
    ByteBuf payload = channel.alloc().buffer(Long.BYTES).writeLong(number);
    channel.writeAndFlush(ControlFrame.of(Opcode.PING, payload, channel.alloc()));
    payload.release();
  }

  /** Whether the kernel has taken everything. */
  public boolean isTaken() {
    return channel.isWritable();
  }

  /** Whether the kernel has taken something since this was asked last. */
  public boolean hasMoved() {
    long before = waiting;
    waiting = channel.bytesBeforeWritable();
    return waiting < before;
  }
}
