package dev.gatehouse.e2e.http2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The code of RFC 7541, appendix B. It is canonical, so the length of each symbol's code says it
 * all: codes of a length follow each other in the order of their symbols.
 */
final class Huffman {

  /** Ends a string, and may not be in one. */
  static final int EOS = 256;

  /** How long the code of each symbol is, counted from {@code a} for five. */
  private static final String LENGTHS =
      "isxxxxxxxtzxxzxxxxxxxxzxxxxxxxxxbffhibdgffdgdbbbaaabbbbbbbcdkbhfibcccccccccccccccccccc"
          + "ccdcdioijbkabababbbaccbbbabcbaabccccckgjixprpprrrsrssssststtrstssssqrsrsstrqprrssqsrrt"
          + "qrssqqrqsrssprrrsrrsvvporsruvvvwwvtuoqvwwvwtqqvvxwwwptpqrqqsrruuttvsvwvvwwwwwxwwwwwvz";

  private static final int[] CODES = new int[LENGTHS.length()];
  private static final Map<Long, Integer> SYMBOLS = new HashMap<>();

  static {
    int code = 0;
    for (int length = 5; length <= 30; length++) {
      for (int symbol = 0; symbol < CODES.length; symbol++) {
        if (length(symbol) == length) {
          CODES[symbol] = code;
          SYMBOLS.put(key(length, code), symbol);
          code++;
        }
      }
      code <<= 1;
    }
  }

  private Huffman() {}

  private static int length(int symbol) {
    return LENGTHS.charAt(symbol) - 'a' + 5;
  }

  private static long key(int length, long code) {
    return (long) length << 32 | code;
  }

  /** The code of some symbols, filled up to a whole byte with ones. */
  static byte[] encode(byte[] text) {
    StringBuilder bits = new StringBuilder();
    for (byte octet : text) {
      bits.append(bits(octet & 0xff));
    }
    return pack(bits + "1".repeat(-bits.length() & 7));
  }

  /** The code of one symbol, as zeros and ones. */
  static String bits(int symbol) {
    int length = length(symbol);
    String digits = Integer.toBinaryString(CODES[symbol]);
    return "0".repeat(length - digits.length()) + digits;
  }

  /** Zeros and ones, whole bytes of them. */
  static byte[] pack(String bits) {
    byte[] bytes = new byte[bits.length() / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return bytes;
  }

  static byte[] decode(byte[] coded) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    long code = 0;
    int length = 0;
    for (int bit = 0; bit < 8 * coded.length; bit++) {
      code = code << 1 | (coded[bit / 8] >> (7 - bit % 8) & 1);
      length++;
      Integer symbol = SYMBOLS.get(key(length, code));
      if (symbol != null) {
        text.write(symbol);
        code = 0;
        length = 0;
      }
    }
    if (length > 7 || code != (1L << length) - 1) {
      throw new IOException("padding of " + length + " bits (expected: up to 7, all one)");
    }
    return text.toByteArray();
  }
}
