package dev.gatehouse.client.daemon;

import java.util.List;

/**
 * How far a drain has come.
 *
 * @param connections still open
 * @param forced reset at the timeout
 */
public record DrainProgress(long connections, List<RouteRate> routes, boolean done, long forced) {

  public DrainProgress {
    routes = List.copyOf(routes);
  }
}
