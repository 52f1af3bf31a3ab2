package dev.gatehouse.kernel.limit;

import dev.gatehouse.kernel.address.IpAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many connections each client holds, and the most that one may hold: an IPv4 address, or an
 * IPv6 /64.
 *
 * <p>Only clients that hold something are in the table, so it is never larger than the number of
 * connections. They are counted without a limit too, so that one set later holds at once. Any
 * thread may ask; of two threads that want the last place exactly one gets it.
 */
public final class ConnectionLimit {

  private final ConcurrentMap<IpAddress, Integer> held = new ConcurrentHashMap<>();
  private volatile int limit;

  /** A limit of 0 is none. */
  public ConnectionLimit(int limit) {
    change(limit);
  }

  /** Sets another limit; connections beyond it stay until they end. */
  public void change(int newLimit) {
    if (newLimit < 0) {
      throw new IllegalArgumentException("limit: " + newLimit + " (expected: >= 0)");
    }
    limit = newLimit;
  }

  /** The most that a client may hold; 0 is no limit. */
  public int limit() {
    return limit;
  }

  /** Takes a place for one connection; false if the client has them all. */
  public boolean acquire(IpAddress client) {
    IpAddress key = ClientKey.of(client);
    int most = limit == 0 ? Integer.MAX_VALUE : limit;
    while (true) {
      Integer now = held.putIfAbsent(key, 1);
      if (now == null) {
        return true;
      }
      if (now >= most) {
        return false;
      }
      if (held.replace(key, now, now + 1)) {
        return true;
      }
    }
  }

  /** Gives back a place that was taken. */
  public void release(IpAddress client) {
    held.computeIfPresent(ClientKey.of(client), (_, now) -> now == 1 ? null : now - 1);
  }

  /** What this client holds. */
  public int held(IpAddress client) {
    return held.getOrDefault(ClientKey.of(client), 0);
  }

  /** How many clients hold something. */
  public int clients() {
    return held.size();
  }
}
