package dev.gatehouse.tracker.hash;

/**
 * SipHash of short messages: a hash that nobody who does not know the key can find collisions of,
 * so that no client can make a table slow.
 *
 * <p>The words are the little-endian ones of the paper's byte strings. Tables take {@link
 * #forTables}, with fewer rounds, as most of them do.
 */
public final class SipHash {

  /** The longest message. */
  public static final int MAX_BYTES = 31;

  private static final long INITIAL_0 = 0x736f_6d65_7073_6575L;
  private static final long INITIAL_1 = 0x646f_7261_6e64_6f6dL;
  private static final long INITIAL_2 = 0x6c79_6765_6e65_7261L;
  private static final long INITIAL_3 = 0x7465_6462_7974_6573L;

  private final long key0;
  private final long key1;
  private final int wordRounds;
  private final int lastRounds;

  public SipHash(long key0, long key1, int wordRounds, int lastRounds) {
    this.key0 = key0;
    this.key1 = key1;
    this.wordRounds = wordRounds;
    this.lastRounds = lastRounds;
  }

  public static SipHash forTables(long key0, long key1) {
    return new SipHash(key0, key1, 1, 3);
  }

  /** The hash of one word. */
  public long hash(long word) {
    return hash(Long.BYTES, word, 0, 0, 0);
  }

  /** The hash of three words. */
  public long hash(long first, long second, long third) {
    return hash(3 * Long.BYTES, first, second, third, 0);
  }

  /** The hash of the first bytes of an array, at most {@link #MAX_BYTES}. */
  public long hash(byte[] message, int length) {
    return hash(
        length,
        word(message, 0, length),
        word(message, 1, length),
        word(message, 2, length),
        word(message, 3, length));
  }

  /** A word of a message that is followed by zeros. */
  private static long word(byte[] message, int position, int length) {
    long word = 0;
    int from = position * Long.BYTES;
    for (int i = Math.min(length, from + Long.BYTES) - 1; i >= from; i--) {
      word = (word << Byte.SIZE) | (message[i] & 0xff);
    }
    return word;
  }

  private long hash(int length, long first, long second, long third, long fourth) {
    long v0 = key0 ^ INITIAL_0;
    long v1 = key1 ^ INITIAL_1;
    long v2 = key0 ^ INITIAL_2;
    long v3 = key1 ^ INITIAL_3;
    int words = length / Long.BYTES;
    for (int step = 0; step <= words + 1; step++) {
      boolean last = step == words + 1;
      long word = last ? 0 : word(step, first, second, third, fourth);
      // behind the last whole word stand what is left of the message and, on top, its length
      word |= step == words ? (long) length << 56 : 0;
      v2 ^= last ? 0xff : 0;
      v3 ^= word;
      for (int round = last ? lastRounds : wordRounds; round > 0; round--) {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32) + v3;
        v2 += v1;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= word;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private static long word(int step, long first, long second, long third, long fourth) {
    return switch (step) {
      case 0 -> first;
      case 1 -> second;
      case 2 -> third;
      default -> fourth;
    };
  }
}
