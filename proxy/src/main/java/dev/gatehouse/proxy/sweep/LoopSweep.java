package dev.gatehouse.proxy.sweep;

import dev.gatehouse.kernel.time.Ticker;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every connection and exchange now and then, so that moving a byte costs no timer and no
 * look at a clock.
 *
 * <p>Each loop has a list of its own and looks at it alone. The clock of a loop stops when it finds
 * the list empty.
 */
public final class LoopSweep {

  /** A connection as the sweep sees it. */
  public abstract static class Swept {

    /** Where it stands in its loop's list; -1 outside. */
    private int place = -1;

    /**
     * Looks whether it is idle; it may remove itself.
     *
     * @param nowNanos by the ticker of the sweep
     */
    public abstract void look(long nowNanos);
  }

  /** The connections of one loop; touched by it alone. */
  private static final class Members {
    private final List<Swept> all = new ArrayList<>();
    private @Nullable Future<?> clock;
  }

  private final Ticker ticker;
  private final Duration interval;
  private final Map<EventLoop, Members> loops = new ConcurrentHashMap<>();

  /**
   * @param interval between two looks
   */
  public LoopSweep(Ticker ticker, Duration interval) {
    this.ticker = ticker;
    this.interval = interval;
  }

  /** Looks at it from now on. */
  public void add(EventLoop loop, Swept connection) {
    Members members = members(loop);
    connection.place = members.all.size();
    members.all.add(connection);
    if (members.clock == null) {
      long nanos = interval.toNanos();
      members.clock =
          loop.scheduleWithFixedDelay(() -> sweep(members), nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Looks at it no more, if it did. */
  public void remove(EventLoop loop, Swept connection) {
    int place = connection.place;
    if (place < 0) {
      return;
    }
    Members members = members(loop);
    Swept last = members.all.removeLast();
    if (place < members.all.size()) {
      members.all.set(place, last);
      last.place = place;
    }
    connection.place = -1;
  }

  private Members members(EventLoop loop) {
    assert loop.inEventLoop();
    return loops.computeIfAbsent(loop, first -> new Members());
  }

  /** From the end: whoever removes itself gets its place taken by one that was looked at. */
  private void sweep(Members members) {
    long now = ticker.nanos();
    for (int i = members.all.size() - 1; i >= 0; i--) {
      members.all.get(i).look(now);
    }
    if (members.all.isEmpty() && members.clock != null) {
      members.clock.cancel(false);
      members.clock = null;
    }
  }
}
