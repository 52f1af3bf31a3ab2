package dev.gatehouse.wire.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** What is between the quotation marks of a JSON string that the scanner has found good. */
final class EscapedText {

  private EscapedText() {}

  /** Whether it means these ASCII characters, escaped or not. */
  static boolean means(ByteBuf in, int from, int to, byte[] ascii) {
    int at = from;
    for (byte expected : ascii) {
      if (at >= to || character(in, at) != expected) {
        return false;
      }
      at += length(in, at);
    }
    return at == to;
  }

  /** What it means; lone surrogates stay what they are. */
  static String read(ByteBuf in, int from, int to) {
    byte[] bytes = new byte[to - from];
    in.getBytes(from, bytes);
    return unescaped(bytes);
  }

  private static String unescaped(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int plain = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\\') {
        text.append(new String(bytes, plain, at - plain, UTF_8));
        boolean code = bytes[at + 1] == 'u';
        text.append(code ? code(bytes, at + 2) : simple(bytes[at + 1]));
        at += code ? 5 : 1;
        plain = at + 1;
      }
    }
    return text.append(new String(Arrays.copyOfRange(bytes, plain, bytes.length), UTF_8))
        .toString();
  }

  private static char code(byte[] bytes, int from) {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      code = code << 4 | Character.digit(bytes[i], 16);
    }
    return (char) code;
  }

  private static int character(ByteBuf in, int at) {
    byte first = in.getByte(at);
    if (first != '\\') {
      return first;
    }
    byte kind = in.getByte(at + 1);
    if (kind != 'u') {
      return simple(kind);
    }
    int code = 0;
    for (int i = at + 2; i < at + 6; i++) {
      code = code << 4 | Character.digit(in.getByte(i), 16);
    }
    return code;
  }

  private static int length(ByteBuf in, int at) {
    if (in.getByte(at) != '\\') {
      return 1;
    }
    return in.getByte(at + 1) == 'u' ? 6 : 2;
  }

  private static char simple(byte kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) kind;
    };
  }
}
