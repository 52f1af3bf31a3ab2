package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Http1Encoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;

/** Writes the chunks of a body to a channel (RFC 9112 section 7.1). */
public final class Http1Chunks {

  /** To copy so much costs less than to write three pieces. */
  private static final int SMALL = 1024;

  private static final int AROUND = 16;
  private static final ByteBuf CRLF =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n", StandardCharsets.US_ASCII))
          .asReadOnly();

  private Http1Chunks() {}

  /** Writes the bytes as one chunk, and releases them; nothing where there are none. */
  public static void write(Channel channel, ByteBuf bytes) {
    int length = bytes.readableBytes();
    if (length > SMALL) {
      ByteBuf head = channel.alloc().buffer(AROUND);
      head.writeCharSequence(Integer.toHexString(length) + "\r\n", StandardCharsets.US_ASCII);
      channel.write(head, channel.voidPromise());
      channel.write(bytes, channel.voidPromise());
      channel.write(CRLF.duplicate(), channel.voidPromise());
      return;
    }
    if (length > 0) {
      ByteBuf out = channel.alloc().buffer(length + AROUND);
      Http1Encoder.writeChunk(out, bytes);
      channel.write(out, channel.voidPromise());
    }
    bytes.release();
  }
}
