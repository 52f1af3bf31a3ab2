package dev.gatehouse.tracker.swarm;

import dev.gatehouse.tracker.client.ClientCensus;
import dev.gatehouse.tracker.request.Announce;
import java.util.Arrays;

/**
 * Peers of one family that are too many for one block, spread over blocks by their hash.
 *
 * <p>Linear hashing: blocks come and go one at a time at the end, and each takes its peers from one
 * other, so no announce ever waits for a whole swarm to be moved. With {@code n} blocks a peer is
 * in the block that the lower bits of its hash name; where that one does not exist yet, its peers
 * are in the block that it will be split from, which the same bits without the highest name.
 */
final class SplitPeers implements Peers {

  /** So many blocks are counted at most, which is what one hold has the time for. */
  private static final int MAX_COUNTED = 64;

  private final RowFormat format;
  private PeerBlock[] blocks;
  private int size = 1;
  private int count;
  private int seeders;

  SplitPeers(RowFormat format, PeerBlock whole) {
    this.format = format;
    blocks = new PeerBlock[] {whole, whole};
    enter(whole);
    split();
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int seeders() {
    return seeders;
  }

  @Override
  public int blocks() {
    return size;
  }

  @Override
  public PeerBlock block(int position) {
    return blocks[position];
  }

  @Override
  public PeerBlock blockOf(long hash) {
    int highest = Integer.highestOneBit(size - 1);
    int position = (int) hash & (2 * highest - 1);
    return blocks[position < size ? position : position - highest];
  }

  @Override
  public Peers put(byte[] endpoint, long hash, Announce announce, boolean seeder, int now) {
    PeerBlock block = blockOf(hash);
    leave(block);
    block.store(endpoint, hash, announce, seeder, now);
    enter(block);
    if (count > size * format.usualRows()) {
      split();
    }
    return this;
  }

  @Override
  public Peers remove(byte[] endpoint, long hash) {
    PeerBlock block = blockOf(hash);
    leave(block);
    block.remove(block.find(endpoint, hash));
    enter(block);
    if (isSparse()) {
      join();
    }
    return settled();
  }

  @Override
  public Peers expire(int limit, Effort effort) {
    for (int i = 0; i < size && !effort.isSpent(); i++) {
      PeerBlock block = blocks[i];
      if (!block.isFresh(limit)) {
        leave(block);
        block.expire(limit, effort);
        enter(block);
      }
    }
    while (isSparse() && !effort.isSpent()) {
      effort.spend(1 + Effort.MOVE * blocks[size - 1].count());
      join();
    }
    return settled();
  }

  @Override
  public void count(ClientCensus into) {
    int stride = Math.ceilDiv(size, MAX_COUNTED);
    for (int i = 0; i < size; i += stride) {
      blocks[i].count(into, stride);
    }
  }

  private Peers settled() {
    return size == 1 ? blocks[0] : this;
  }

  /** Less than a quarter full, which is far from the point at which blocks are split. */
  private boolean isSparse() {
    return size > 1 && count < size * format.usualRows() / 4;
  }

  private void split() {
    if (size == blocks.length) {
      blocks = Arrays.copyOf(blocks, size + size / 4 + 1);
    }
    int highest = Integer.highestOneBit(size);
    PeerBlock added = new PeerBlock(format);
    blocks[size - highest].moveTo(added, 2 * highest - 1, size);
    blocks[size++] = added;
  }

  private void join() {
    PeerBlock last = blocks[--size];
    last.moveTo(blocks[size - Integer.highestOneBit(size)], 0, 0);
    // any block will do, so that the joined one is not kept
    blocks[size] = blocks[0];
  }

  private void leave(PeerBlock block) {
    count -= block.count();
    seeders -= block.seeders();
  }

  private void enter(PeerBlock block) {
    count += block.count();
    seeders += block.seeders();
  }
}
