package dev.gatehouse.tracker.swarm;

import dev.gatehouse.tracker.request.Announce;

/**
 * Where the addresses of the peer that announces are in its swarm, as long as nobody is moved.
 *
 * <p>Found once, so that whoever passes many rows compares positions and not addresses. A shard has
 * one for all its announces.
 */
final class OwnRows {

  private final PeerBlock[] blocks = new PeerBlock[Announce.MAX_ADDRESSES];
  private final int[] rows = new int[Announce.MAX_ADDRESSES];
  private int size;

  void clear() {
    size = 0;
  }

  void add(PeerBlock block, int row) {
    blocks[size] = block;
    rows[size] = row;
    size++;
  }

  int size() {
    return size;
  }

  PeerBlock block(int position) {
    return blocks[position];
  }

  int row(int position) {
    return rows[position];
  }

  /** Whether the peer is a seeder already, at any of its addresses. */
  boolean hasSeeder() {
    for (int i = 0; i < size; i++) {
      if (blocks[i].isSeeder(rows[i])) {
        return true;
      }
    }
    return false;
  }

  /** The first of them in a stretch of a block's rows, or the end of the stretch. */
  int firstIn(PeerBlock block, int from, int to) {
    int first = to;
    for (int i = 0; i < size; i++) {
      if (blocks[i] == block && rows[i] >= from) {
        first = Math.min(first, rows[i]);
      }
    }
    return first;
  }
}
