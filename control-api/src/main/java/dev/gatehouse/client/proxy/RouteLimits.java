package dev.gatehouse.client.proxy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The limits of a route; what is absent is as for the whole proxy.
 *
 * @param idleTimeout zero is never
 * @param maxRequestBody in bytes; zero is without limit
 */
public record RouteLimits(
    Optional<Duration> idleTimeout,
    Optional<Duration> responseHeaderTimeout,
    OptionalLong maxRequestBody) {

  /** None of its own. */
  public static final RouteLimits INHERITED =
      new RouteLimits(Optional.empty(), Optional.empty(), OptionalLong.empty());
}
