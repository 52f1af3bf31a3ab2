package dev.gatehouse.tracker.request;

import dev.gatehouse.wire.tracker.InfoHash;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The torrents that one scrape asks for, and their counts once a store has given them.
 *
 * <p>A worker has one and uses it again for each scrape.
 */
public final class Scrape {

  private static final int INITIAL_CAPACITY = 74;

  private long[] first = new long[INITIAL_CAPACITY];
  private long[] second = new long[INITIAL_CAPACITY];
  private int[] tail = new int[INITIAL_CAPACITY];
  private int[] seeders = new int[INITIAL_CAPACITY];
  private int[] leechers = new int[INITIAL_CAPACITY];
  private int[] snatches = new int[INITIAL_CAPACITY];
  private int size;

  public void clear() {
    size = 0;
  }

  /** Asks for the torrent whose hash has its first 20 bytes at an index. */
  public void add(ByteBuf in, int at) {
    add(in.getLong(at), in.getLong(at + 8), in.getInt(at + 16));
  }

  /** Asks for the torrent with this hash, of which the first 20 bytes count. */
  public void add(InfoHash hash) {
    add(hash.first(), hash.second(), hash.tail());
  }

  private void add(long hashFirst, long hashSecond, int hashTail) {
    if (size == tail.length) {
      grow(2 * size);
    }
    first[size] = hashFirst;
    second[size] = hashSecond;
    tail[size] = hashTail;
    counted(size, 0, 0, 0);
    size++;
  }

  private void grow(int capacity) {
    first = Arrays.copyOf(first, capacity);
    second = Arrays.copyOf(second, capacity);
    tail = Arrays.copyOf(tail, capacity);
    seeders = Arrays.copyOf(seeders, capacity);
    leechers = Arrays.copyOf(leechers, capacity);
    snatches = Arrays.copyOf(snatches, capacity);
  }

  /** Says the counts of the torrent at a position. */
  public void counted(int position, int seederCount, int leecherCount, int snatchCount) {
    seeders[position] = seederCount;
    leechers[position] = leecherCount;
    snatches[position] = snatchCount;
  }

  public int size() {
    return size;
  }

  /** Bytes 0 to 7 of a torrent's hash. */
  public long first(int position) {
    return first[position];
  }

  /** Bytes 8 to 15 of a torrent's hash. */
  public long second(int position) {
    return second[position];
  }

  /** Bytes 16 to 19 of a torrent's hash. */
  public int tail(int position) {
    return tail[position];
  }

  /** Seeders of both families; 0 for a torrent that nobody knows, as the other counts. */
  public int seeders(int position) {
    return seeders[position];
  }

  public int leechers(int position) {
    return leechers[position];
  }

  /** How often the torrent was completed. */
  public int snatches(int position) {
    return snatches[position];
  }
}
