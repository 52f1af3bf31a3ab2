package dev.gatehouse.e2e.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Writes header blocks piece by piece, right or wrong (RFC 7541, sections 5 and 6). */
final class Hpack {

  static final int AUTHORITY = 1;
  static final int METHOD_GET = 2;
  static final int METHOD_POST = 3;
  static final int PATH = 4;
  static final int SCHEME_HTTPS = 7;

  /** The first of those that a connection adds. */
  static final int FIRST_DYNAMIC = 62;

  private Hpack() {}

  /** A field of a table (6.1). */
  static byte[] indexed(int index) {
    return integer(0x80, 7, index);
  }

  /** A field that enters the dynamic table (6.2.1). */
  static byte[] indexing(String name, String value) {
    return concat(new byte[] {0x40}, string(name), string(value));
  }

  /** The same with a name of a table. */
  static byte[] indexing(int name, String value) {
    return concat(integer(0x40, 6, name), string(value));
  }

  /** A field that does not (6.2.2). */
  static byte[] literal(String name, String value) {
    return concat(new byte[] {0}, string(name), string(value));
  }

  static byte[] literal(int name, String value) {
    return concat(integer(0, 4, name), string(value));
  }

  /** A field that nobody on the way may put into one (6.2.3). */
  static byte[] never(String name, String value) {
    return concat(new byte[] {0x10}, string(name), string(value));
  }

  static byte[] never(int name, String value) {
    return concat(integer(0x10, 4, name), string(value));
  }

  /** Another size of the dynamic table (6.3). */
  static byte[] tableSize(int size) {
    return integer(0x20, 5, size);
  }

  /** An integer behind a prefix of so many bits (5.1). */
  static byte[] integer(int pattern, int prefix, int value) {
    int max = (1 << prefix) - 1;
    if (value < max) {
      return new byte[] {(byte) (pattern | value)};
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(pattern | max);
    int rest = value - max;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return out.toByteArray();
  }

  /** A string as it is (5.2). */
  static byte[] string(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return concat(integer(0, 7, bytes.length), bytes);
  }

  /** A string in Huffman's code. */
  static byte[] huffman(String text) {
    return coded(Huffman.encode(text.getBytes(ISO_8859_1)));
  }

  /** Bytes that are said to be in Huffman's code. */
  static byte[] coded(byte[] code) {
    return concat(integer(0x80, 7, code.length), code);
  }

  static byte[] bytes(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return bytes;
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }
}
