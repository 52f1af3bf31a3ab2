package dev.gatehouse.wire.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Frames as a client writes them. */
final class Masked {

  private static final int MASKED = 0x80;
  private static final int MAX_SHORT = 125;
  private static final int MAX_TWO_BYTES = 0xffff;

  private Masked() {}

  /** A frame with that first byte. */
  static ByteBuf frame(int first, byte[] payload, int mask) {
    ByteBuf out = Unpooled.buffer().writeByte(first);
    if (payload.length <= MAX_SHORT) {
      out.writeByte(MASKED | payload.length);
    } else if (payload.length <= MAX_TWO_BYTES) {
      out.writeByte(MASKED | 126).writeShort(payload.length);
    } else {
      out.writeByte(MASKED | 127).writeLong(payload.length);
    }
    out.writeInt(mask);
    for (int i = 0; i < payload.length; i++) {
      out.writeByte(payload[i] ^ (mask >>> (24 - i % Integer.BYTES * Byte.SIZE)));
    }
    return out;
  }
}
