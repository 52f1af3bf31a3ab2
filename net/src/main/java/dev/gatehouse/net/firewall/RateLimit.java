package dev.gatehouse.net.firewall;

import dev.gatehouse.kernel.limit.SlidingWindow;
import java.time.Duration;
import java.util.Optional;

/**
 * How often a client may connect.
 *
 * @param connections of one client in a window; 0 is no limit
 * @param tableSize how many clients are remembered
 */
public record RateLimit(int connections, Duration window, int tableSize) {

  /** No limit. */
  public static final RateLimit OFF = new RateLimit(0, Duration.ofSeconds(10), 1);

  Optional<SlidingWindow> begin(long nowNanos) {
    return connections == 0
        ? Optional.empty()
        : Optional.of(new SlidingWindow(connections, window, tableSize, nowNanos));
  }
}
