package dev.gatehouse.net.connect;

import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of one name and who waits to know it; any thread.
 *
 * <p>An answer is fresh for a while. After that it is still given, while a new one is sought: a
 * name server that is down takes no backend with it. In the end it is too old to be given to
 * anybody.
 */
final class CachedName {

  /** How long an answer serves without another lookup. */
  static final Duration FRESH = Duration.ofSeconds(30);

  /** How long beyond that it serves while lookups do not succeed. */
  static final Duration STALE = Duration.ofMinutes(5);

  /** How long a failed lookup is not repeated. */
  static final Duration FAILED = Duration.ofSeconds(5);

  private static final long FRESH_NANOS = FRESH.toNanos();
  private static final long USABLE_NANOS = FRESH.plus(STALE).toNanos();
  private static final long FAILED_NANOS = FAILED.toNanos();

  private final String name;

  private final Set<Promise<List<InetAddress>>> waiting = new HashSet<>();
  private boolean asked;
  private boolean looking;

  /** Empty until a lookup has succeeded. */
  private List<InetAddress> addresses = List.of();

  private long answeredNanos;

  /** When the next lookup may begin. */
  private long dueNanos;

  CachedName(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /**
   * Completes the promise now if something is known, else with the next answer.
   *
   * @return whether the caller must look the name up, and then tell {@link #answer}
   */
  boolean ask(Promise<List<InetAddress>> promise, long nowNanos) {
    List<InetAddress> known;
    boolean begins;
    synchronized (this) {
      known = usable(nowNanos);
      begins = !looking && isDue(nowNanos);
      looking |= begins;
      if (known.isEmpty() && looking) {
        waiting.add(promise);
        return begins;
      }
    }
    complete(promise, known);
    return begins;
  }

  /** The promise's owner does not wait any more. */
  synchronized void leave(Promise<List<InetAddress>> promise) {
    waiting.remove(promise);
  }

  /** A lookup has ended; nothing found is a failure. */
  void answer(List<InetAddress> found, long nowNanos) {
    List<Promise<List<InetAddress>>> woken;
    List<InetAddress> known;
    synchronized (this) {
      asked = true;
      looking = false;
      if (found.isEmpty()) {
        dueNanos = nowNanos + FAILED_NANOS;
      } else {
        addresses = List.copyOf(found);
        answeredNanos = nowNanos;
        dueNanos = nowNanos + FRESH_NANOS;
      }
      known = usable(nowNanos);
      woken = List.copyOf(waiting);
      waiting.clear();
    }
    woken.forEach(promise -> complete(promise, known));
  }

  /** Whether to know this name is of no use to anybody. */
  synchronized boolean isForgotten(long nowNanos) {
    return !looking && isDue(nowNanos) && usable(nowNanos).isEmpty();
  }

  private List<InetAddress> usable(long nowNanos) {
    return nowNanos - answeredNanos < USABLE_NANOS ? addresses : List.of();
  }

  private boolean isDue(long nowNanos) {
    return !asked || nowNanos - dueNanos >= 0;
  }

  /** A promise may be cancelled at any time. */
  private void complete(Promise<List<InetAddress>> promise, List<InetAddress> known) {
    if (known.isEmpty()) {
      promise.tryFailure(new DialException(name, DialFailure.DNS, null));
    } else {
      promise.trySuccess(known);
    }
  }
}
