package dev.gatehouse.net.sockets.proc;

/** Inodes seen so far, up to a limit beyond which it no longer remembers. */
final class InodeSet {

  /** A set of so many is 16 MiB. */
  static final int MAX_INODES = 1 << 20;

  private static final int INITIAL_SLOTS = 1 << 8;
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private final int maxInodes;
  private long[] slots = new long[INITIAL_SLOTS];
  private int size;

  InodeSet() {
    this(MAX_INODES);
  }

  InodeSet(int maxInodes) {
    this.maxInodes = maxInodes;
  }

  /** Adds an inode that is not 0; false if it is known to be here. */
  boolean add(long inode) {
    int slot = slotOf(inode);
    if (slots[slot] == inode) {
      return false;
    }
    if (size < maxInodes) {
      slots[slot] = inode;
      size++;
      growIfHalfFull();
    }
    return true;
  }

  /** Where an inode is, or the free slot where it belongs; half of the slots are free. */
  private int slotOf(long inode) {
    int mask = slots.length - 1;
    int slot = (int) ((inode * SPREAD) >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != inode) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void growIfHalfFull() {
    if (2 * size < slots.length) {
      return;
    }
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long inode : old) {
      if (inode != 0) {
        slots[slotOf(inode)] = inode;
      }
    }
  }
}
