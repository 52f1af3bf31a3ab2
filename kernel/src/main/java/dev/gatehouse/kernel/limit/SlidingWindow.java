package dev.gatehouse.kernel.limit;

import dev.gatehouse.kernel.address.IpAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * At most so many events of each client in any window of time; a client is an IPv4 address or an
 * IPv6 /64.
 *
 * <p>Time is cut into buckets of one window's length, and each client has the count of its present
 * bucket and of the one before. What the last window holds is estimated as the present count plus
 * the part of the previous one that has not slid out yet, so there is no double burst where two
 * buckets meet. What is refused does not count, so a client recovers while it still knocks.
 *
 * <p>All clients share the edges of the buckets. So the table, kept in the order in which clients
 * entered their present bucket, begins with those that have expired, then the oldest: the first is
 * always the one to go. Any thread may ask; the lock is held for some map operations only.
 */
public final class SlidingWindow {

  /** With {@link #LONGEST_WINDOW}, keeps the estimate within 64 bits. */
  public static final int MAX_LIMIT = 1_000_000;

  public static final Duration LONGEST_WINDOW = Duration.ofHours(1);

  /** More than one, so that a table shrinks although each event may also add a client. */
  private static final int SWEPT_EACH_TIME = 2;

  private static final Counts NONE = new Counts(0, 0, 0);

  private final int limit;
  private final long windowNanos;
  private final int capacity;
  private final long startNanos;
  private final Map<IpAddress, Counts> clients = new LinkedHashMap<>();
  private long latestNanos;
  private long evictions;

  /** What a client did in its last bucket and in the one before that. */
  private record Counts(long bucket, int current, int previous) {

    int in(long asked) {
      if (asked == bucket) {
        return current;
      }
      return asked == bucket - 1 ? previous : 0;
    }
  }

  /**
   * An empty table.
   *
   * @param limit of events of one client in a window
   * @param capacity the most clients that are remembered
   */
  public SlidingWindow(int limit, Duration window, int capacity, long nowNanos) {
    check("limit", limit, MAX_LIMIT);
    check("window", window.toNanos(), LONGEST_WINDOW.toNanos());
    check("capacity", capacity, Integer.MAX_VALUE);
    this.limit = limit;
    this.windowNanos = window.toNanos();
    this.capacity = capacity;
    this.startNanos = nowNanos;
  }

  /** Whether this event may happen; if so, it is counted. */
  public synchronized boolean tryTake(IpAddress client, long nowNanos) {
    IpAddress key = ClientKey.of(client);
    long elapsed = advance(nowNanos);
    long bucket = elapsed / windowNanos;
    Counts counts = clients.getOrDefault(key, NONE);
    if (!fits(counts, bucket, elapsed % windowNanos)) {
      return false;
    }
    sweep(bucket);
    count(key, bucket);
    return true;
  }

  /** Whether {@link #tryTake} would say no; nothing is counted. */
  public synchronized boolean isFull(IpAddress client, long nowNanos) {
    long elapsed = advance(nowNanos);
    Counts counts = clients.getOrDefault(ClientKey.of(client), NONE);
    return !fits(counts, elapsed / windowNanos, elapsed % windowNanos);
  }

  /** What {@link #tryTake} would compare with the limit, before the event itself. */
  public synchronized double estimate(IpAddress client, long nowNanos) {
    long elapsed = advance(nowNanos);
    long bucket = elapsed / windowNanos;
    Counts counts = clients.getOrDefault(ClientKey.of(client), NONE);
    double slidOut = (double) (elapsed % windowNanos) / (double) windowNanos;
    return counts.in(bucket - 1) * (1 - slidOut) + counts.in(bucket);
  }

  /**
   * The clients that {@link #tryTake} would refuse, an IPv6 /64 by its first address.
   *
   * @param most so many are told at most
   */
  public synchronized List<IpAddress> full(int most, long nowNanos) {
    long elapsed = advance(nowNanos);
    long bucket = elapsed / windowNanos;
    return clients.entrySet().stream()
        .filter(client -> !fits(client.getValue(), bucket, elapsed % windowNanos))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether two addresses count as one client. */
  public static boolean isSameClient(IpAddress one, IpAddress other) {
    return ClientKey.of(one).equals(ClientKey.of(other));
  }

  /** Forgets all that a client has done. */
  public synchronized void forget(IpAddress client) {
    clients.remove(ClientKey.of(client));
  }

  /** How many clients are remembered. */
  public synchronized int tracked() {
    return clients.size();
  }

  /** How many clients were forgotten for want of room while they still counted. */
  public synchronized long evictions() {
    return evictions;
  }

  /**
   * Whether previous × (1 − slid / window) + current + 1 is at most the limit, in integers: a
   * rounding error here would be an event too many or too few.
   */
  private boolean fits(Counts counts, long bucket, long slidNanos) {
    long remaining = counts.in(bucket - 1) * (windowNanos - slidNanos);
    return remaining <= (limit - 1L - counts.in(bucket)) * windowNanos;
  }

  /** Threads bring their time along and may overtake each other; time does not go back for that. */
  private long advance(long nowNanos) {
    latestNanos = Math.max(latestNanos, nowNanos - startNanos);
    return latestNanos;
  }

  private void count(IpAddress key, long bucket) {
    Counts counts = clients.get(key);
    if (counts != null && counts.bucket() == bucket) {
      clients.put(key, new Counts(bucket, counts.current() + 1, counts.previous()));
      return;
    }
    // to the end of the order
    clients.remove(key);
    makeRoom();
    clients.put(key, new Counts(bucket, 1, previous(counts, bucket)));
  }

  private static int previous(@Nullable Counts counts, long bucket) {
    return counts == null ? 0 : counts.in(bucket - 1);
  }

  private void sweep(long bucket) {
    Iterator<Counts> oldest = clients.values().iterator();
    for (int i = 0; i < SWEPT_EACH_TIME && oldest.hasNext(); i++) {
      if (oldest.next().bucket() >= bucket - 1) {
        return;
      }
      oldest.remove();
    }
  }

  private void makeRoom() {
    if (clients.size() == capacity) {
      Iterator<Counts> oldest = clients.values().iterator();
      oldest.next();
      oldest.remove();
      evictions++;
    }
  }

  private static void check(String name, long value, long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 1-" + most + ")");
    }
  }
}
