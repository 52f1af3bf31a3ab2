package dev.gatehouse.tracker.udp;

import dev.gatehouse.kernel.address.AddressFamily;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Makes connection ids, by which a client proves that datagrams reach it, and checks them.
 *
 * <p>An id is a salt, the lower 16 bits of the second in which it was made, and the first 40 bits
 * of a MAC over the salt, that whole second, and the address. So nothing is remembered of an id,
 * and trackers that share a key take each other's. One thread's, since it has scratch.
 */
final class ConnectionIds {

  private static final int SALT_SHIFT = 56;
  private static final int SECOND_SHIFT = 40;
  private static final int MAC_SHIFT = 24;
  private static final long MAC_MASK = 0xff_ffff_ffffL;
  private static final long SECOND_MASK = 0xffff;
  private static final long SECOND_RANGE = SECOND_MASK + 1;

  private static final int SECOND_AT = 1;
  private static final int ADDRESS_AT = SECOND_AT + Long.BYTES;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final List<ConnectionMac> macs;
  private final long lifetimeSeconds;
  private final long skewSeconds;
  private final byte[] message = new byte[ADDRESS_AT + AddressFamily.IPV6.bytes()];

  /**
   * @param macs that of the present key, then those of keys whose ids are still taken
   * @param skewSeconds by how much the clock of a tracker that shares the key may be ahead or
   *     behind
   */
  ConnectionIds(List<ConnectionMac> macs, long lifetimeSeconds, long skewSeconds) {
    this.macs = List.copyOf(macs);
    this.lifetimeSeconds = lifetimeSeconds;
    this.skewSeconds = skewSeconds;
  }

  /** An id for an address in the halves of an {@code IpAddress}. */
  long make(int salt, long second, AddressFamily family, long high, long low) {
    int length = write(salt, second, family, high, low);
    return ((long) salt << SALT_SHIFT)
        | ((second & SECOND_MASK) << SECOND_SHIFT)
        | (macs.getFirst().of(message, length) >>> MAC_SHIFT);
  }

  /** Whether an id was made for this address, not too long ago and not in the future. */
  boolean isValid(long id, long now, AddressFamily family, long high, long low) {
    long second = nearest((id >>> SECOND_SHIFT) & SECOND_MASK, now);
    long age = now - second;
    if (second < 0 || age < -skewSeconds || age > lifetimeSeconds + skewSeconds) {
      return false;
    }
    int length = write((int) (id >>> SALT_SHIFT), second, family, high, low);
    for (int i = 0; i < macs.size(); i++) {
      if (((macs.get(i).of(message, length) >>> MAC_SHIFT) ^ (id & MAC_MASK)) == 0) {
        return true;
      }
    }
    return false;
  }

  /** The second with these lower bits that is nearest to another. */
  private static long nearest(long lower, long now) {
    long near = (now & ~SECOND_MASK) | lower;
    if (near - now > SECOND_RANGE / 2) {
      return near - SECOND_RANGE;
    }
    return now - near > SECOND_RANGE / 2 ? near + SECOND_RANGE : near;
  }

  private int write(int salt, long second, AddressFamily family, long high, long low) {
    message[0] = (byte) salt;
    LONG.set(message, SECOND_AT, second);
    switch (family) {
      case IPV4 -> INT.set(message, ADDRESS_AT, (int) low);
      case IPV6 -> {
        LONG.set(message, ADDRESS_AT, high);
        LONG.set(message, ADDRESS_AT + Long.BYTES, low);
      }
    }
    return ADDRESS_AT + family.bytes();
  }
}
