package dev.gatehouse.net.sockets.diag;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.gatehouse.net.sockets.V6Only;
import java.lang.foreign.MemorySegment;

/** What the kernel adds to a row, each only if it has something to say. */
final class DiagAttributes {

  static final int SKMEMINFO = 7;
  static final int SKV6ONLY = 11;
  static final int CGROUP_ID = 21;
  static final int SOCKOPT = 22;

  static final int HEADER_BYTES = 4;

  // the two upper bits are flags, include/uapi/linux/netlink.h
  private static final int TYPE_MASK = 0x3fff;
  // words of SKMEMINFO, include/uapi/linux/sock_diag.h
  private static final int MEMORY_WORDS = 9;
  private static final int MEMORY_RECEIVE_BUFFER = 1;
  private static final int MEMORY_DROPS = 8;
  private static final int TRANSPARENT = 1 << 5;

  private V6Only v6Only = V6Only.UNKNOWN;
  private long cgroupId;
  private boolean transparent;
  private long drops = -1;
  private long receiveBuffer = -1;

  /** Reads the attributes in a range; one that overruns it ends the reading. */
  void read(MemorySegment from, long start, long end) {
    clear();
    long at = start;
    while (end - at >= HEADER_BYTES) {
      int length = Short.toUnsignedInt(from.get(JAVA_SHORT_UNALIGNED, at));
      if (length < HEADER_BYTES || length > end - at) {
        return;
      }
      int type = from.get(JAVA_SHORT_UNALIGNED, at + 2) & TYPE_MASK;
      take(type, from, at + HEADER_BYTES, length - HEADER_BYTES);
      at += (length + 3) & ~3;
    }
  }

  private void clear() {
    v6Only = V6Only.UNKNOWN;
    cgroupId = 0;
    transparent = false;
    drops = -1;
    receiveBuffer = -1;
  }

  private void take(int type, MemorySegment from, long at, int length) {
    if (type == SKMEMINFO && length >= MEMORY_WORDS * Integer.BYTES) {
      receiveBuffer = word(from, at, MEMORY_RECEIVE_BUFFER);
      drops = word(from, at, MEMORY_DROPS);
    } else if (type == SKV6ONLY && length >= 1) {
      v6Only = from.get(JAVA_BYTE, at) == 0 ? V6Only.NO : V6Only.YES;
    } else if (type == CGROUP_ID && length >= Long.BYTES) {
      cgroupId = from.get(JAVA_LONG_UNALIGNED, at);
    } else if (type == SOCKOPT && length >= 1) {
      transparent = (from.get(JAVA_BYTE, at) & TRANSPARENT) != 0;
    }
  }

  private static long word(MemorySegment from, long at, int index) {
    return Integer.toUnsignedLong(from.get(JAVA_INT_UNALIGNED, at + (long) index * Integer.BYTES));
  }

  V6Only v6Only() {
    return v6Only;
  }

  long cgroupId() {
    return cgroupId;
  }

  boolean transparent() {
    return transparent;
  }

  long drops() {
    return drops;
  }

  long receiveBuffer() {
    return receiveBuffer;
  }
}
