package dev.gatehouse.tracker.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 without a seed (<a
 * href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">its specification</a>): no
 * cryptographic hash, and here only to agree with others that use it.
 */
public final class XxHash64 {

  private static final long PRIME_1 = 0x9e37_79b1_85eb_ca87L;
  private static final long PRIME_2 = 0xc2b2_ae3d_27d4_eb4fL;
  private static final long PRIME_3 = 0x1656_67b1_9e37_79f9L;
  private static final long PRIME_4 = 0x85eb_ca77_c2b2_ae63L;
  private static final long PRIME_5 = 0x27d4_eb2f_1656_67c5L;

  private static final int STRIPE = 32;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private XxHash64() {}

  /** The hash of the first bytes of an array. */
  public static long hash(byte[] bytes, int length) {
    int at = length / STRIPE * STRIPE;
    long hash = (at == 0 ? PRIME_5 : stripes(bytes, at)) + length;
    while (at + Long.BYTES <= length) {
      hash = Long.rotateLeft(hash ^ round(0, word(bytes, at)), 27) * PRIME_1 + PRIME_4;
      at += Long.BYTES;
    }
    if (at + Integer.BYTES <= length) {
      long half = Integer.toUnsignedLong((int) INT.get(bytes, at));
      hash = Long.rotateLeft(hash ^ (half * PRIME_1), 23) * PRIME_2 + PRIME_3;
      at += Integer.BYTES;
    }
    while (at < length) {
      hash = Long.rotateLeft(hash ^ ((bytes[at] & 0xff) * PRIME_5), 11) * PRIME_1;
      at++;
    }
    return avalanche(hash);
  }

  private static long stripes(byte[] bytes, int length) {
    long second = PRIME_2;
    long first = second + PRIME_1;
    long third = 0;
    long fourth = -PRIME_1;
    for (int at = 0; at < length; at += STRIPE) {
      first = round(first, word(bytes, at));
      second = round(second, word(bytes, at + Long.BYTES));
      third = round(third, word(bytes, at + 2 * Long.BYTES));
      fourth = round(fourth, word(bytes, at + 3 * Long.BYTES));
    }
    long sum =
        Long.rotateLeft(first, 1)
            + Long.rotateLeft(second, 7)
            + Long.rotateLeft(third, 12)
            + Long.rotateLeft(fourth, 18);
    return merge(merge(merge(merge(sum, first), second), third), fourth);
  }

  private static long round(long sum, long word) {
    return Long.rotateLeft(sum + word * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long sum, long lane) {
    return (sum ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }

  private static long avalanche(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
    return mixed ^ (mixed >>> 32);
  }

  private static long word(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }
}
