package dev.gatehouse.tracker.swarm;

/**
 * How much more may be done before a shard is let go: a count of steps of some fifty nanoseconds,
 * since nothing here may look at a clock.
 */
final class Effort {

  /** Looking at one swarm, most of which is waiting for memory. */
  static final int VISIT = 3;

  /** Taking a peer out of a block, or from one block to another. */
  static final int MOVE = 2;

  /** So many entries of an array are read in one step. */
  static final int ENTRIES_PER_STEP = 64;

  /** So many peers are asked in one step what software they are. */
  static final int COUNTED_PER_STEP = 8;

  private int left;

  /** Allows so many steps from now on. */
  void allow(int steps) {
    left = steps;
  }

  void spend(int steps) {
    left -= steps;
  }

  boolean isSpent() {
    return left <= 0;
  }
}
