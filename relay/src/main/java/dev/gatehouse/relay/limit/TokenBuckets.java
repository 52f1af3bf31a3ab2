package dev.gatehouse.relay.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of tokens for each key, full at first and refilled one token at a time.
 *
 * <p>Of a bucket only the moment is kept at which it will be full again: that many refills away are
 * its missing tokens, and one that is full needs no entry. The table is in the order of use, so
 * that with too many keys the one idle for longest goes. Any thread may ask.
 */
public final class TokenBuckets<K> {

  private final int capacity;
  private final long startNanos;

  /** When each bucket will be full, in nanoseconds since the start. */
  private final Map<K, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

  private long refillNanos;
  private long spanNanos;
  private long latestNanos;

  /**
   * Full buckets for any number of keys.
   *
   * @param burst how many tokens a bucket has
   * @param refill how long it takes for one to come back
   * @param capacity how many keys are remembered
   */
  public TokenBuckets(int burst, Duration refill, int capacity, long nowNanos) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity + " (expected: above 0)");
    }
    this.capacity = capacity;
    this.startNanos = nowNanos;
    change(burst, refill);
  }

  /** Sets another size and speed; what is missing from a bucket then takes as long as before. */
  public synchronized void change(int burst, Duration refill) {
    if (burst < 1 || !refill.isPositive()) {
      throw new IllegalArgumentException(
          "bucket: " + burst + ", one each " + refill + " (expected: both above 0)");
    }
    refillNanos = refill.toNanos();
    spanNanos = Math.multiplyExact(refillNanos, burst);
  }

  /** Takes a token; 0 if there was one, else the nanoseconds until there will be. */
  public synchronized long tryTake(K key, long nowNanos) {
    long now = advance(nowNanos);
    @Nullable Long known = fullAt.get(key);
    long full = Math.max(now, known == null ? now : known) + refillNanos;
    long wait = full - now - spanNanos;
    if (wait > 0) {
      return wait;
    }
    if (known == null && fullAt.size() >= capacity) {
      fullAt.remove(fullAt.keySet().iterator().next());
    }
    fullAt.put(key, full);
    return 0;
  }

  /** Forgets the buckets that are full. */
  public synchronized void sweep(long nowNanos) {
    long now = advance(nowNanos);
    fullAt.values().removeIf(full -> full <= now);
  }

  /** How many keys are remembered. */
  public synchronized int keys() {
    return fullAt.size();
  }

  /** Threads bring their time along and may overtake each other; time does not go back for that. */
  private long advance(long nowNanos) {
    latestNanos = Math.max(latestNanos, nowNanos - startNanos);
    return latestNanos;
  }
}
