package dev.gatehouse.relay.outbox;

/** Points in time in the order in which they were added; holds nothing until the first. */
final class Moments {

  private static final int FIRST_CAPACITY = 8;
  private static final long[] NONE = {};

  private long[] ring = NONE;
  private int first;
  private int size;

  void add(long nanos) {
    if (size == ring.length) {
      grow();
    }
    ring[place(size++)] = nanos;
  }

  /** Takes the oldest. */
  long remove() {
    long oldest = ring[first];
    first = place(1);
    size--;
    return oldest;
  }

  /** Forgets so many of the newest. */
  void forget(int count) {
    size -= count;
  }

  private int place(int index) {
    return (first + index) % ring.length;
  }

  private void grow() {
    long[] larger = new long[Math.max(FIRST_CAPACITY, 2 * ring.length)];
    int atEnd = ring.length - first;
    System.arraycopy(ring, first, larger, 0, atEnd);
    System.arraycopy(ring, 0, larger, atEnd, first);
    ring = larger;
    first = 0;
  }
}
