package dev.gatehouse.proxy.upstream;

import dev.gatehouse.net.connect.Destination;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One backend and how it fares; any thread.
 *
 * <p>A failed dial begins an outage: the backend is left alone for a second, and for twice as long
 * after each further failure. When that time is over, one connection finds out for all, so that a
 * machine that swallows packets costs one client its patience and not a crowd.
 */
public final class Backend {

  private final Destination destination;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();

  /** Health checks say that it is down. */
  private volatile boolean held;

  Backend(Destination destination) {
    this.destination = destination;
  }

  /** Where it is. */
  public Destination destination() {
    return destination;
  }

  /** Connections to it now. */
  public int open() {
    return open.get();
  }

  /** Whether new connections go there. */
  public boolean isUp(long nowNanos) {
    Outage known = outage.get();
    return !held && (known == null || known.isOver(nowNanos));
  }

  /** Whether the last that is known of it is good. */
  public boolean isReachable() {
    return !held && outage.get() == null;
  }

  /** Whether the caller may dial; of those who come at the end of an outage, one may. */
  boolean claim(long nowNanos) {
    Outage known = outage.get();
    return known == null
        || (known.isOver(nowNanos) && outage.compareAndSet(known, known.trial(nowNanos)));
  }

  void dialled() {
    if (outage.get() != null) {
      outage.set(null);
    }
  }

  /** Dials that began before the outage was known say nothing new. */
  void dialFailed(long nowNanos) {
    Outage known = outage.get();
    if (known == null) {
      outage.compareAndSet(null, Outage.first(nowNanos));
    } else if (known.tried() || known.isOver(nowNanos)) {
      outage.compareAndSet(known, known.longer(nowNanos));
    }
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  /** Keeps new connections away, or lets them come again. */
  void hold(boolean held) {
    this.held = held;
  }

  /** How long it would still be left alone; what health checks say outweighs any back-off. */
  long downNanos(long nowNanos) {
    Outage known = outage.get();
    long backOff = known == null ? 0 : Math.max(0, known.untilNanos() - nowNanos);
    return held ? Outage.LONGEST_BACK_OFF_NANOS + backOff : backOff;
  }

  @Override
  public String toString() {
    return destination.toString();
  }
}
