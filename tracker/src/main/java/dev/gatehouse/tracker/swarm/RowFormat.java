package dev.gatehouse.tracker.swarm;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.hash.SipHash;
import dev.gatehouse.wire.tracker.PeerList;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** How the endpoints of one family lie in an array, and how they are hashed. */
final class RowFormat {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final AddressFamily family;
  private final int length;
  private final SipHash sipHash;
  private final int usualRows;
  private final PeerBlock nobody;

  /**
   * @param usualRows how many peers each block has on average once there are more blocks than one
   */
  RowFormat(AddressFamily family, SipHash sipHash, int usualRows) {
    this.family = family;
    this.length = PeerList.endpointLength(family);
    this.sipHash = sipHash;
    this.usualRows = usualRows;
    this.nobody = new PeerBlock(this);
  }

  AddressFamily family() {
    return family;
  }

  /** Bytes of an endpoint. */
  int length() {
    return length;
  }

  int usualRows() {
    return usualRows;
  }

  /** The block of every swarm that has no peers of this family; nothing is ever put into it. */
  PeerBlock nobody() {
    return nobody;
  }

  long hash(byte[] endpoints, int row) {
    int at = row * length;
    return switch (family) {
      case IPV4 -> sipHash.hash((long) (int) INT.get(endpoints, at) << 16 | port(endpoints, at));
      case IPV6 ->
          sipHash.hash(
              (long) LONG.get(endpoints, at),
              (long) LONG.get(endpoints, at + Long.BYTES),
              port(endpoints, at));
    };
  }

  private long port(byte[] endpoints, int at) {
    return (short) SHORT.get(endpoints, at + family.bytes()) & 0xffff;
  }

  /** The address and port that lie at the beginning of some bytes. */
  static Endpoint endpoint(AddressFamily family, byte[] bytes) {
    int port = (short) SHORT.get(bytes, family.bytes()) & 0xffff;
    return new Endpoint(IpAddress.ofBytes(Arrays.copyOf(bytes, family.bytes())), port);
  }

  boolean isAt(byte[] endpoints, int row, byte[] endpoint) {
    int at = row * length;
    return Arrays.equals(endpoints, at, at + length, endpoint, 0, length);
  }
}
