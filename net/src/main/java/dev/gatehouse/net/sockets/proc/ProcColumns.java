package dev.gatehouse.net.sockets.proc;

import java.nio.ByteOrder;

/** Walks over the columns of one line. A column that is not as asked for breaks the whole line. */
final class ProcColumns {

  private static final int WORD_DIGITS = 8;
  // one less than those of 2^63, so that no number overflows
  private static final int MAX_DECIMAL_DIGITS = 18;

  private final boolean littleEndian;
  private byte[] bytes = {};
  private int at;
  private int end;
  private boolean intact;

  /**
   * @param order of the machine that wrote the lines
   */
  ProcColumns(ByteOrder order) {
    littleEndian = order == ByteOrder.LITTLE_ENDIAN;
  }

  void start(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    at = from;
    end = to;
    intact = true;
  }

  /** Whether every column so far was as asked for. */
  boolean intact() {
    return intact;
  }

  /** Begins the next column. */
  void next() {
    while (at < end && bytes[at] == ' ') {
      at++;
    }
    intact &= at < end;
  }

  /** Passes over one whole column. */
  void skip() {
    next();
    while (at < end && bytes[at] != ' ') {
      at++;
    }
  }

  /** Ends a column: the line does, or a blank follows. */
  void ended() {
    intact &= at >= end || bytes[at] == ' ';
  }

  void colon() {
    if (at < end && bytes[at] == ':') {
      at++;
    } else {
      intact = false;
    }
  }

  /** A number of exactly so many hexadecimal digits. */
  long hex(int digits) {
    if (end - at < digits) {
      intact = false;
      return 0;
    }
    long number = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(bytes[at + i], 16);
      intact &= digit >= 0;
      number = (number << 4) | digit;
    }
    at += digits;
    return number;
  }

  /** Four bytes of an address, which the kernel prints as one number of the machine. */
  long addressWord() {
    int word = (int) hex(WORD_DIGITS);
    return Integer.toUnsignedLong(littleEndian ? Integer.reverseBytes(word) : word);
  }

  /** One whole column that is an unsigned decimal number. */
  long decimal() {
    next();
    int start = at;
    long number = 0;
    while (at < end && at - start < MAX_DECIMAL_DIGITS && isDigit(bytes[at])) {
      number = 10 * number + (bytes[at] - '0');
      at++;
    }
    intact &= at > start;
    ended();
    return number;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
