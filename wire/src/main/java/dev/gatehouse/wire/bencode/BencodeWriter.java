package dev.gatehouse.wire.bencode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/**
 * Writes values piece by piece, straight into a buffer.
 *
 * <p>Every piece is canonical by itself; that the keys of a dictionary rise is left to the caller,
 * who knows them all beforehand and may keep them as {@link #text} already.
 */
public final class BencodeWriter {

  private BencodeWriter() {}

  /** The bytes of an ASCII string with its length, for keys and values that never change. */
  public static byte[] text(String text) {
    return (text.length() + ":" + text).getBytes(US_ASCII);
  }

  public static void beginDictionary(ByteBuf out) {
    out.writeByte('d');
  }

  public static void beginList(ByteBuf out) {
    out.writeByte('l');
  }

  /** Ends the innermost dictionary or list. */
  public static void end(ByteBuf out) {
    out.writeByte('e');
  }

  public static void writeInteger(ByteBuf out, long value) {
    out.writeByte('i');
    if (value < 0) {
      out.writeByte('-');
      writeDigits(out, value);
    } else {
      writeDigits(out, -value);
    }
    out.writeByte('e');
  }

  /** The head of a string whose bytes follow. */
  public static void writeLength(ByteBuf out, int length) {
    writeDigits(out, -length);
    out.writeByte(':');
  }

  /** A whole string. */
  public static void writeBytes(ByteBuf out, byte[] bytes) {
    writeLength(out, bytes.length);
    out.writeBytes(bytes);
  }

  /** Digits of a number that is given as its negative, of which there is one more. */
  private static void writeDigits(ByteBuf out, long negative) {
    int length = 1;
    for (long rest = negative / 10; rest != 0; rest /= 10) {
      length++;
    }
    int start = out.writerIndex();
    out.writeZero(length);
    long rest = negative;
    for (int at = start + length - 1; at >= start; at--) {
      out.setByte(at, (int) ('0' - rest % 10));
      rest /= 10;
    }
  }
}
