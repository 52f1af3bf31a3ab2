package dev.gatehouse.wire.tracker;

import dev.gatehouse.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The 20 bytes by which a client calls itself (BEP 3), in network order.
 *
 * @param first bytes 0 to 7
 * @param second bytes 8 to 15
 * @param third bytes 16 to 19
 */
public record PeerId(long first, long second, int third) {

  /** Bytes of every id. */
  public static final int LENGTH = 20;

  /** The id whose bytes begin at an index. */
  public static PeerId read(ByteBuf in, int at) {
    return new PeerId(in.getLong(at), in.getLong(at + 8), in.getInt(at + 16));
  }

  /** Reads 20 raw bytes. */
  public static Optional<PeerId> parse(Bytes bytes) {
    return parse(bytes.toArray(), 0, bytes.length());
  }

  static Optional<PeerId> parse(byte[] bytes, int from, int to) {
    return to - from == LENGTH
        ? Optional.of(read(Unpooled.wrappedBuffer(bytes), from))
        : Optional.empty();
  }

  /** The 20 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(first).putLong(second).putInt(third).array();
  }

  /** Hexadecimal, so that no content can disturb a log or a terminal. */
  @Override
  public String toString() {
    return String.format("%016x%016x%08x", first, second, third);
  }
}
