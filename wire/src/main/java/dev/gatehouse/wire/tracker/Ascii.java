package dev.gatehouse.wire.tracker;

/** What bytes mean as ASCII characters. */
final class Ascii {

  private static final long MAX_TENTH = Long.divideUnsigned(-1, 10);
  private static final int MAX_LAST_DIGIT = (int) Long.remainderUnsigned(-1, 10);

  private Ascii() {}

  static byte lowerCase(byte character) {
    return character >= 'A' && character <= 'Z' ? (byte) (character | 0x20) : character;
  }

  /** The value of a hexadecimal digit in either case, or −1. */
  static int hexDigit(byte character) {
    if (isDigit(character)) {
      return character - '0';
    }
    byte letter = lowerCase(character);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  /** Whether the bytes are at least one digit and nothing else. */
  static boolean areDigits(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isDigit(bytes[i])) {
        return false;
      }
    }
    return from < to;
  }

  /** Whether the bytes are digits of a number that 64 bits without a sign hold. */
  static boolean isU64(byte[] bytes, int from, int to) {
    if (!areDigits(bytes, from, to)) {
      return false;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      int order = Long.compareUnsigned(number, MAX_TENTH);
      if (order > 0 || (order == 0 && digit > MAX_LAST_DIGIT)) {
        return false;
      }
      number = 10 * number + digit;
    }
    return true;
  }

  /** The number that {@link #isU64} digits write. */
  static long u64(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + (bytes[i] - (long) '0');
    }
    return number;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
