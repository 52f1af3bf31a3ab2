package dev.gatehouse.wire.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Messages for tests, placed behind other bytes so that an index is never by chance 0. */
final class Texts {

  private static final byte[] BEFORE = {'"', '{', '\\'};

  private Texts() {}

  static ByteBuf message(String text) {
    return message(text.getBytes(UTF_8));
  }

  static ByteBuf message(byte[] bytes) {
    return Unpooled.wrappedBuffer(BEFORE, bytes).readerIndex(BEFORE.length);
  }

  static String between(ByteBuf message, int from, int to) {
    return message.toString(from, to - from, UTF_8);
  }

  /** What a buffer holds; the buffer is released. */
  static String drained(ByteBuf out) {
    try {
      return out.toString(UTF_8);
    } finally {
      out.release();
    }
  }

  static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }
}
