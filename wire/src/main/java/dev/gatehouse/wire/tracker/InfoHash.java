package dev.gatehouse.wire.tracker;

import dev.gatehouse.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * The name of a torrent: the SHA-1 of its version 1 metadata, or the SHA-256 of its version 2
 * metadata (BEP 52), as 20 or 32 bytes in network order.
 *
 * @param first bytes 0 to 7
 * @param second bytes 8 to 15
 * @param third bytes 16 to 23; of 20 bytes the upper half alone
 * @param fourth bytes 24 to 31
 * @param length 20 or 32
 */
public record InfoHash(long first, long second, long third, long fourth, int length)
    implements Comparable<InfoHash> {

  /** Bytes of a version 1 hash, and of every hash in a datagram. */
  public static final int V1_LENGTH = 20;

  /** Bytes of a version 2 hash. */
  public static final int V2_LENGTH = 32;

  private static final long UPPER_HALF = 0xffff_ffff_0000_0000L;

  public InfoHash {
    boolean fits =
        length == V2_LENGTH || (length == V1_LENGTH && (third & ~UPPER_HALF) == 0 && fourth == 0);
    if (!fits) {
      throw new IllegalArgumentException("info hash: " + length + " bytes (expected: 20, 32)");
    }
  }

  /** The version 1 hash, or truncated version 2 hash, of these words. */
  public static InfoHash v1(long first, long second, int tail) {
    return new InfoHash(first, second, (long) tail << Integer.SIZE, 0, V1_LENGTH);
  }

  /** The version 1 hash whose 20 bytes begin at an index. */
  public static InfoHash v1(ByteBuf in, int at) {
    return v1(in.getLong(at), in.getLong(at + 8), in.getInt(at + 16));
  }

  private static InfoHash v2(ByteBuf in, int at) {
    return new InfoHash(
        in.getLong(at), in.getLong(at + 8), in.getLong(at + 16), in.getLong(at + 24), V2_LENGTH);
  }

  /** Reads 20 or 32 raw bytes, or twice as many hexadecimal digits in either case. */
  public static Optional<InfoHash> parse(Bytes bytes) {
    return parse(bytes.toArray(), 0, bytes.length());
  }

  static Optional<InfoHash> parse(byte[] bytes, int from, int to) {
    return switch (to - from) {
      case V1_LENGTH -> Optional.of(v1(Unpooled.wrappedBuffer(bytes), from));
      case V2_LENGTH -> Optional.of(v2(Unpooled.wrappedBuffer(bytes), from));
      case 2 * V1_LENGTH, 2 * V2_LENGTH -> unhex(bytes, from, to);
      default -> Optional.empty();
    };
  }

  private static Optional<InfoHash> unhex(byte[] digits, int from, int to) {
    byte[] raw = new byte[(to - from) / 2];
    for (int i = 0; i < raw.length; i++) {
      int high = Ascii.hexDigit(digits[from + 2 * i]);
      int low = Ascii.hexDigit(digits[from + 2 * i + 1]);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      raw[i] = (byte) (high << 4 | low);
    }
    return parse(raw, 0, raw.length);
  }

  /** Bytes 16 to 19, the last of a version 1 hash. */
  public int tail() {
    return (int) (third >>> Integer.SIZE);
  }

  /** The first 20 bytes, by which swarms are known: equal ones name the same torrent. */
  public InfoHash truncated() {
    return length == V1_LENGTH ? this : v1(first, second, tail());
  }

  public void writeTo(ByteBuf out) {
    out.writeLong(first).writeLong(second);
    if (length == V1_LENGTH) {
      out.writeInt(tail());
    } else {
      out.writeLong(third).writeLong(fourth);
    }
  }

  /** As unsigned bytes, and a hash before one that it begins: the order of bencoded keys. */
  @Override
  public int compareTo(InfoHash other) {
    int order = Long.compareUnsigned(first, other.first);
    order = order != 0 ? order : Long.compareUnsigned(second, other.second);
    order = order != 0 ? order : Integer.compareUnsigned(tail(), other.tail());
    order = order != 0 ? order : Integer.compare(length, other.length);
    order = order != 0 ? order : Long.compareUnsigned(third, other.third);
    return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
  }

  /** Hexadecimal. */
  @Override
  public String toString() {
    String hex = String.format("%016x%016x%016x%016x", first, second, third, fourth);
    return hex.substring(0, 2 * length);
  }
}
