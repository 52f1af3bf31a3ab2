package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import java.time.Duration;

/**
 * How many connections to backends are kept.
 *
 * @param idleTimeout of a connection that nobody uses; zero is for ever
 * @param maxIdle of one kind, on each loop
 * @param maxConnections open ones of one backend; 0 is no limit
 */
public record PoolSettings(Duration idleTimeout, int maxIdle, int maxConnections) {

  static PoolSettings read(Section proxy) {
    return new PoolSettings(
        proxy
            .duration("backend_idle_timeout", "a backend's connection without a request; 0 = never")
            .orZero()
            .orElse(Duration.ofSeconds(30)),
        proxy
            .integer("backend_max_idle", "idle connections kept for each backend and loop")
            .range(0, 10_000)
            .orElse(32),
        proxy
            .integer("backend_max_connections", "open connections of one backend; 0 = no limit")
            .range(0, 1_000_000)
            .orElse(0));
  }
}
