package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.proxy.config.RequestLimits;
import java.time.Duration;
import java.util.Optional;

/** How many requests each client may make in a window of time, and what it has made of them. */
public final class RequestRate {

  /** No limit, before anything is configured. */
  public static final RequestRate NONE = new RequestRate(0, Duration.ZERO, Optional.empty());

  /** Clients whose requests are counted at a time. */
  private static final int COUNTED_CLIENTS = 100_000;

  private final int limit;
  private final Duration window;
  private final Optional<SlidingWindow> taken;

  private RequestRate(int limit, Duration window, Optional<SlidingWindow> taken) {
    this.limit = limit;
    this.window = window;
    this.taken = taken;
  }

  /** The rate that is told now; where it is the same, nobody gets any request anew. */
  public RequestRate following(RequestLimits told, long nowNanos) {
    if (told.rate() == limit && (limit == 0 || told.rateWindow().equals(window))) {
      return this;
    }
    return new RequestRate(told.rate(), told.rateWindow(), window(told, nowNanos));
  }

  private static Optional<SlidingWindow> window(RequestLimits told, long nowNanos) {
    return told.rate() == 0
        ? Optional.empty()
        : Optional.of(new SlidingWindow(told.rate(), told.rateWindow(), COUNTED_CLIENTS, nowNanos));
  }

  /** Whether a client may make one more; if so, it is counted. */
  boolean tryTake(IpAddress client, long nowNanos) {
    return taken.isEmpty() || taken.get().tryTake(client, nowNanos);
  }
}
