package dev.gatehouse.relay.limit;

import dev.gatehouse.relay.registry.ServerId;
import java.util.HashMap;
import java.util.Map;

/**
 * Server-ids that no binary may claim for a time, in memory alone. Phones are not asked: they find
 * nobody there.
 */
public final class Bans {

  /** So that a script of an operator cannot fill the memory. */
  public static final int MOST = 10_000;

  private final Map<ServerId, Long> untilNanos = new HashMap<>();

  /** Holds a ban for a time from now on, in place of the one that there may be. */
  public synchronized boolean add(ServerId id, long nowNanos, long forNanos) {
    if (untilNanos.size() >= MOST && !untilNanos.containsKey(id)) {
      forget(nowNanos);
    }
    if (untilNanos.size() >= MOST && !untilNanos.containsKey(id)) {
      return false;
    }
    untilNanos.put(id, nowNanos + forNanos);
    return true;
  }

  /** Ends a ban; false if there was none. */
  public synchronized boolean remove(ServerId id, long nowNanos) {
    forget(nowNanos);
    return untilNanos.remove(id) != null;
  }

  /** How long each ban still holds. */
  public synchronized Map<ServerId, Long> leftNanos(long nowNanos) {
    forget(nowNanos);
    Map<ServerId, Long> left = new HashMap<>();
    untilNanos.forEach((id, until) -> left.put(id, until - nowNanos));
    return left;
  }

  /** Whether a ban holds now. */
  public synchronized boolean holds(ServerId id, long nowNanos) {
    Long until = untilNanos.get(id);
    return until != null && until - nowNanos > 0;
  }

  private void forget(long nowNanos) {
    untilNanos.values().removeIf(until -> until - nowNanos <= 0);
  }
}
