package dev.gatehouse.tracker.swarm;

/**
 * Finds the row of an endpoint in a block: a table with open addressing of two bytes a slot.
 *
 * <p>A slot holds a row plus one, or 0. Whoever is taken out leaves no gap: those behind move up,
 * so that a search ends at the first empty slot.
 */
final class EndpointIndex {

  /** The most rows for which rows plus one fit into two bytes. */
  static final int MAX_ROWS = 0xfffe;

  /** Of the hash, since its lower bits have chosen the block. */
  private static final int SLOT_BITS = 40;

  private final short[] slots;
  private final int mask;

  /** An empty table with room for so many rows at three quarters full. */
  EndpointIndex(int rows) {
    slots = new short[slotsFor(rows)];
    mask = slots.length - 1;
  }

  /** How many slots a table for so many rows has. */
  static int slotsFor(int rows) {
    return Math.max(2, Integer.highestOneBit(rows + rows / 3) << 1);
  }

  int slots() {
    return slots.length;
  }

  boolean hasRoomFor(int rows) {
    return rows <= slots.length / 4 * 3;
  }

  /** The row with this endpoint, or −1. */
  int find(PeerBlock block, byte[] endpoint, long hash) {
    for (int slot = home(hash); slots[slot] != 0; slot = (slot + 1) & mask) {
      int row = row(slot);
      if (block.isAt(row, endpoint)) {
        return row;
      }
    }
    return -1;
  }

  void add(long hash, int row) {
    int slot = home(hash);
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = (short) (row + 1);
  }

  /** Says that what is at a row will be at another. */
  void move(long hash, int from, int to) {
    slots[slotOf(hash, from)] = (short) (to + 1);
  }

  /** Takes a row out while the block still has it. */
  void remove(PeerBlock block, long hash, int row) {
    int hole = slotOf(hash, row);
    for (int slot = (hole + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int fromHome = (slot - home(block.hash(row(slot)))) & mask;
      int fromHole = (slot - hole) & mask;
      if (fromHome >= fromHole) {
        slots[hole] = slots[slot];
        hole = slot;
      }
    }
    slots[hole] = 0;
  }

  private int slotOf(long hash, int row) {
    int slot = home(hash);
    while (row(slot) != row) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int row(int slot) {
    return (slots[slot] & 0xffff) - 1;
  }

  private int home(long hash) {
    return (int) (hash >>> SLOT_BITS) & mask;
  }
}
