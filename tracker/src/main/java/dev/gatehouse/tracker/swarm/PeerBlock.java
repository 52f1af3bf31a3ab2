package dev.gatehouse.tracker.swarm;

import dev.gatehouse.tracker.client.ClientCensus;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.PeerId;
import dev.gatehouse.wire.tracker.PeerList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Peers in flat arrays, the seeders in front of the leechers.
 *
 * <p>A peer is a row: the same position in {@code endpoints} (as answers spell them), {@code ids},
 * {@code marks} (of the ids, so that whoever looks for one reads little memory) and {@code seen}
 * (the second in which it came last). The rows in use have no gaps: whoever is taken out is
 * replaced by the last of its role, so any stretch of one role's rows is a sample that costs one
 * copy. A few rows are searched one by one, more through an index.
 *
 * <p>The arrays grow by an eighth and shrink when a quarter is unused, so the memory for a peer is
 * bounded, whatever the swarm has been before.
 *
 * <p>{@code oldest} is at or before every {@code seen}: a block that it clears has nobody to expire
 * and is not looked at. It is exact after each look and otherwise too low at worst.
 */
final class PeerBlock implements Peers {

  /** So many rows lie in a cache line or two, where looking at all is as fast as an index. */
  private static final int MAX_ROWS_WITHOUT_INDEX = 8;

  private final RowFormat format;
  private byte[] endpoints = {};
  private byte[] ids = {};
  private byte[] marks = {};
  private int[] seen = {};
  private @Nullable EndpointIndex index;
  private int count;
  private int seeders;
  private int oldest = Integer.MAX_VALUE;

  PeerBlock(RowFormat format) {
    this.format = format;
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
    return 1;
  }

  @Override
  public PeerBlock block(int position) {
    return this;
  }

  @Override
  public PeerBlock blockOf(long hash) {
    return this;
  }

  /** The row of an endpoint, or −1. */
  int find(byte[] endpoint, long hash) {
    if (index != null) {
      return index.find(this, endpoint, hash);
    }
    for (int row = 0; row < count; row++) {
      if (isAt(row, endpoint)) {
        return row;
      }
    }
    return -1;
  }

  boolean isAt(int row, byte[] endpoint) {
    return format.isAt(endpoints, row, endpoint);
  }

  long hash(int row) {
    return format.hash(endpoints, row);
  }

  /** A copy of the endpoint in a row. */
  byte[] endpoint(int row) {
    return Arrays.copyOfRange(endpoints, row * format.length(), (row + 1) * format.length());
  }

  /** Who the peer in a row says that it is. */
  PeerId id(int row) {
    int at = row * PeerId.LENGTH;
    return PeerId.parse(Bytes.of(Arrays.copyOfRange(ids, at, at + PeerId.LENGTH))).orElseThrow();
  }

  boolean isSeeder(int row) {
    return row < seeders;
  }

  /** The second in which the peer in a row came last. */
  int seen(int row) {
    return seen[row];
  }

  boolean hasIdOf(int row, Announce announce) {
    return announce.isOwnId(ids, row * PeerId.LENGTH);
  }

  @Override
  public Peers put(byte[] endpoint, long hash, Announce announce, boolean seeder, int now) {
    store(endpoint, hash, announce, seeder, now);
    return count > 2 * format.usualRows() ? new SplitPeers(format, this) : this;
  }

  /** {@link #put} into this block and no other. */
  void store(byte[] endpoint, long hash, Announce announce, boolean seeder, int now) {
    int row = find(endpoint, hash);
    if (row >= 0 && isSeeder(row) == seeder) {
      write(row, announce, now);
      return;
    }
    if (row >= 0) {
      remove(row);
    }
    int added = makeRow(hash, seeder);
    System.arraycopy(endpoint, 0, endpoints, added * format.length(), format.length());
    write(added, announce, now);
  }

  private void write(int row, Announce announce, int now) {
    System.arraycopy(announce.id(), 0, ids, row * PeerId.LENGTH, PeerId.LENGTH);
    marks[row] = announce.idMark();
    seen[row] = now;
    oldest = Math.min(oldest, now);
  }

  /** Opens a row behind the last of a role; the endpoint that will be there has this hash. */
  private int makeRow(long hash, boolean seeder) {
    if (count == seen.length) {
      resize(count + 1 + count / 8);
    }
    int row = count;
    if (seeder) {
      row = seeders++;
      move(row, count);
    }
    count++;
    if (index == null ? count > MAX_ROWS_WITHOUT_INDEX : !index.hasRoomFor(count)) {
      reindex(hash, row);
    } else if (index != null) {
      index.add(hash, row);
    }
    return row;
  }

  @Override
  public Peers remove(byte[] endpoint, long hash) {
    remove(find(endpoint, hash));
    return this;
  }

  void remove(int row) {
    if (index != null) {
      index.remove(this, hash(row), row);
    }
    int hole = row;
    if (isSeeder(row)) {
      seeders--;
      move(seeders, row);
      hole = seeders;
    }
    count--;
    move(count, hole);
    if (count < seen.length - seen.length / 4 - 4) {
      resize(count + 1 + count / 8);
      reindexIfSparse();
    }
  }

  /** Moves a row onto one that is free. */
  private void move(int from, int to) {
    if (from == to) {
      return;
    }
    if (index != null) {
      index.move(hash(from), from, to);
    }
    copyRow(this, from, to);
  }

  private void copyRow(PeerBlock source, int from, int to) {
    int length = format.length();
    System.arraycopy(source.endpoints, from * length, endpoints, to * length, length);
    System.arraycopy(source.ids, from * PeerId.LENGTH, ids, to * PeerId.LENGTH, PeerId.LENGTH);
    marks[to] = source.marks[from];
    seen[to] = source.seen[from];
  }

  private void resize(int rows) {
    endpoints = Arrays.copyOf(endpoints, rows * format.length());
    ids = Arrays.copyOf(ids, rows * PeerId.LENGTH);
    marks = Arrays.copyOf(marks, rows);
    seen = Arrays.copyOf(seen, rows);
  }

  private void reindexIfSparse() {
    if (index != null && count <= MAX_ROWS_WITHOUT_INDEX / 2) {
      index = null;
    } else if (index != null && EndpointIndex.slotsFor(count) < index.slots()) {
      reindex(0, -1);
    }
  }

  /** Builds the index anew, of all rows but one, whose hash is given. */
  private void reindex(long hash, int unwritten) {
    EndpointIndex built = new EndpointIndex(count);
    for (int row = 0; row < count; row++) {
      built.add(row == unwritten ? hash : hash(row), row);
    }
    index = built;
  }

  @Override
  public Peers expire(int limit, Effort effort) {
    if (oldest > limit) {
      return this;
    }
    effort.spend(1 + count / Effort.ENTRIES_PER_STEP);
    // from the end, so that whoever takes the place of a peer has been looked at
    for (int row = count - 1; row >= 0; row--) {
      if (seen[row] <= limit) {
        remove(row);
        effort.spend(Effort.MOVE);
      }
    }
    int earliest = Integer.MAX_VALUE;
    for (int row = 0; row < count; row++) {
      earliest = Math.min(earliest, seen[row]);
    }
    oldest = earliest;
    return this;
  }

  /** Whether nobody here came last at or before a time. */
  boolean isFresh(int limit) {
    return oldest > limit;
  }

  /** Moves the peers to another block whose hash has these lower bits. */
  void moveTo(PeerBlock other, int mask, int bits) {
    for (int row = count - 1; row >= 0; row--) {
      long hash = hash(row);
      if (((int) hash & mask) == bits) {
        int to = other.makeRow(hash, isSeeder(row));
        other.copyRow(this, row, to);
        remove(row);
      }
    }
    other.oldest = Math.min(other.oldest, oldest);
  }

  @Override
  public void count(ClientCensus into) {
    count(into, 1);
  }

  /**
   * @param weight for how many peers each of these stands
   */
  void count(ClientCensus into, int weight) {
    for (int row = 0; row < count; row++) {
      into.count(ids, row * PeerId.LENGTH, weight);
    }
  }

  /** Whether the peer in a row may be handed out to whoever announces. */
  boolean isEligible(int row, Swarm.Asker asker) {
    return firstIneligible(row, row + 1, asker) > row;
  }

  /**
   * The first row of a stretch that may not be handed out, or its end: the peer that announces, by
   * its id or by its endpoint, and whoever's time is over.
   */
  private int firstIneligible(int from, int to, Swarm.Asker asker) {
    int end = asker.firstIn(this, from, to);
    Announce announce = asker.announce();
    byte mark = announce.idMark();
    int row = from;
    while (row < end && !(marks[row] == mark && announce.isOwnId(ids, row * PeerId.LENGTH))) {
      row++;
    }
    return oldest > asker.limit() ? row : firstStale(from, row, asker.limit());
  }

  private int firstStale(int from, int to, int limit) {
    int row = from;
    while (row < to && seen[row] > limit) {
      row++;
    }
    return row;
  }

  /**
   * Hands out the eligible peers of a stretch of rows, until there are as many as wanted.
   *
   * @return how many they are
   */
  int copyTo(PeerList out, int from, int to, int wanted, Swarm.Asker asker) {
    int taken = 0;
    int start = from;
    while (start < to && taken < wanted) {
      int most = Math.min(to, start + wanted - taken);
      int end = firstIneligible(start, most, asker);
      out.add(endpoints, ids, start, end - start);
      taken += end - start;
      start = end + 1;
    }
    return taken;
  }
}
