package dev.gatehouse.wire.websocket;

import io.netty.buffer.ByteBuf;

/** Writes what is before the payload of a frame that is whole and not masked (section 5.2). */
public final class FrameHeader {

  /** The most bytes that a header has. */
  public static final int MAX_LENGTH = 2 + Long.BYTES;

  private static final int FINAL = 0x80;
  private static final int MAX_SHORT = 125;
  private static final int TWO_BYTES = 126;
  private static final int MAX_TWO_BYTES = 0xffff;
  private static final int EIGHT_BYTES = 127;

  private FrameHeader() {}

  /** Writes the header of a frame with a payload of that length. */
  public static void write(Opcode opcode, int length, ByteBuf out) {
    out.writeByte(FINAL | opcode.code());
    if (length <= MAX_SHORT) {
      out.writeByte(length);
    } else if (length <= MAX_TWO_BYTES) {
      out.writeByte(TWO_BYTES).writeShort(length);
    } else {
      out.writeByte(EIGHT_BYTES).writeLong(length);
    }
  }
}
