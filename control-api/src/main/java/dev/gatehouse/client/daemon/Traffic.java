package dev.gatehouse.client.daemon;

import dev.gatehouse.client.proxy.ListenerStatus;
import java.util.List;

/**
 * What goes through the proxy, and what it refused.
 *
 * @param totalConnections those that it gave to a route since the start
 * @param activeConnections now
 * @param rates since the previous answer of a stream; empty outside of one
 * @param blocked since the start, each reason in a fixed order
 */
public record Traffic(
    long totalConnections,
    long activeConnections,
    List<ListenerStatus> listeners,
    List<RouteRate> rates,
    List<BlockedCount> blocked) {

  public Traffic {
    listeners = List.copyOf(listeners);
    rates = List.copyOf(rates);
    blocked = List.copyOf(blocked);
  }
}
