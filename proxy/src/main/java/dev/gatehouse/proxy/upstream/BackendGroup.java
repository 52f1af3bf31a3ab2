package dev.gatehouse.proxy.upstream;

import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.proxy.route.Balance;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The backends of one route and who is asked next; any thread.
 *
 * <p>The search begins behind the backend that was chosen last, so that a backend that is skipped
 * does not make its neighbour do the work of two.
 */
public final class BackendGroup {

  /** The most backends of a route: what was tried is a set of bits. */
  public static final int MAX_BACKENDS = Long.SIZE;

  /** Every backend was tried. */
  static final int NONE = -1;

  private final List<Backend> backends;
  private final Balance balance;
  private final DialLog log = new DialLog();
  private final AtomicInteger chosen;

  private BackendGroup(List<Backend> backends, Balance balance) {
    this.backends = backends;
    this.balance = balance;
    this.chosen = new AtomicInteger(backends.size() - 1);
  }

  /**
   * A group of backends of which nothing bad is known.
   *
   * @throws IllegalArgumentException if there is none, or more than {@link #MAX_BACKENDS}
   */
  public static BackendGroup of(List<Destination> destinations, Balance balance) {
    if (destinations.isEmpty() || destinations.size() > MAX_BACKENDS) {
      throw new IllegalArgumentException(
          "backends: " + destinations.size() + " (expected: 1-" + MAX_BACKENDS + ")");
    }
    return new BackendGroup(destinations.stream().map(Backend::new).toList(), balance);
  }

  /** The backends in the order of the configuration. */
  public List<Backend> backends() {
    return backends;
  }

  DialLog log() {
    return log;
  }

  Backend backend(int index) {
    return backends.get(index);
  }

  /**
   * The next backend for a connection: one that is up, else the one whose back-off ends first.
   *
   * @param tried one bit for each backend that this connection has tried
   * @return its index, or {@link #NONE}
   */
  int choose(long tried, long nowNanos) {
    while (true) {
      int last = chosen.get();
      int next = nextUp(last, tried, nowNanos);
      if (next == NONE) {
        return soonestUp(tried, nowNanos);
      }
      // of two loops that find the same one, the second looks again; a lone backend costs no write
      if ((next == last || chosen.compareAndSet(last, next)) && backend(next).claim(nowNanos)) {
        return next;
      }
    }
  }

  private int nextUp(int last, long tried, long nowNanos) {
    int best = NONE;
    for (int i = 1; i <= backends.size(); i++) {
      int index = (last + i) % backends.size();
      boolean candidate = (tried & 1L << index) == 0 && backend(index).isUp(nowNanos);
      if (candidate && balance == Balance.ROUND_ROBIN) {
        return index;
      }
      if (candidate && (best == NONE || backend(index).open() < backend(best).open())) {
        best = index;
      }
    }
    return best;
  }

  private int soonestUp(long tried, long nowNanos) {
    int best = NONE;
    for (int index = 0; index < backends.size(); index++) {
      if ((tried & 1L << index) == 0
          && (best == NONE
              || backend(index).downNanos(nowNanos) < backend(best).downNanos(nowNanos))) {
        best = index;
      }
    }
    return best;
  }
}
