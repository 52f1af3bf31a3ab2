package dev.gatehouse.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Bytes as people write them: hex digits with blanks anywhere and comments from # to line's end.
 */
public final class Hex {

  private static final Pattern NOT_DIGITS = Pattern.compile("#[^\n]*|\\s+");

  private Hex() {}

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException if anything but pairs of hex digits remains
   */
  public static byte[] bytes(String text) {
    return HexFormat.of().parseHex(NOT_DIGITS.matcher(text).replaceAll(""));
  }

  /** The bytes of a text in a pooled buffer, whose leak is seen; the caller releases it. */
  public static ByteBuf buffer(String text) {
    byte[] bytes = bytes(text);
    return ByteBufAllocator.DEFAULT.buffer(bytes.length).writeBytes(bytes);
  }

  /** The digits of bytes, without blanks. */
  public static String text(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
