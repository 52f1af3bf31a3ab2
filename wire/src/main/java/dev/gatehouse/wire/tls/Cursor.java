package dev.gatehouse.wire.tls;

/**
 * Reads numbers and vectors (RFC 8446 section 3.4) from a range of bytes.
 *
 * <p>Reading past the end gives zeros and makes the cursor broken for good, so that a message is
 * read straight through and judged once.
 */
final class Cursor {

  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean broken;

  Cursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Whether anything was read that was not there. */
  boolean isBroken() {
    return broken;
  }

  /** Whether all was read, and all that was read was there. */
  boolean isSpent() {
    return !broken && at == end;
  }

  int remaining() {
    return end - at;
  }

  int u8() {
    return has(1) ? bytes[at++] & 0xff : 0;
  }

  int u16() {
    return u8() << 8 | u8();
  }

  void skip(int length) {
    if (has(length)) {
      at += length;
    }
  }

  /** The bytes behind an 8-bit length. */
  Cursor vector8() {
    return take(u8());
  }

  /** The bytes behind a 16-bit length. */
  Cursor vector16() {
    return take(u16());
  }

  /** The rest as bytes. */
  byte[] rest() {
    byte[] rest = new byte[remaining()];
    System.arraycopy(bytes, at, rest, 0, rest.length);
    at = end;
    return rest;
  }

  private Cursor take(int length) {
    if (!has(length)) {
      return new Cursor(bytes, end, end);
    }
    Cursor taken = new Cursor(bytes, at, at + length);
    at += length;
    return taken;
  }

  private boolean has(int length) {
    broken |= end - at < length;
    return !broken;
  }
}
