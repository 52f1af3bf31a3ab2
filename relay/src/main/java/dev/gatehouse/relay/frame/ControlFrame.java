package dev.gatehouse.relay.frame;

import dev.gatehouse.wire.websocket.FrameHeader;
import dev.gatehouse.wire.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Makes frames that say something of the connection. */
final class ControlFrame {

  private ControlFrame() {}

  /** A whole frame of that payload, which stays the caller's. */
  static ByteBuf of(Opcode opcode, ByteBuf payload, ByteBufAllocator allocator) {
    int length = payload.readableBytes();
    ByteBuf out = allocator.buffer(FrameHeader.MAX_LENGTH + length);
    FrameHeader.write(opcode, length, out);
    return out.writeBytes(payload, payload.readerIndex(), length);
  }
}
