package dev.gatehouse.relay.config;

import dev.gatehouse.config.Section;
import java.time.Duration;

/**
 * How connections are asked whether they live.
 *
 * @param interval between two pings
 * @param timeout for any frame after one
 * @param probe the same for a binary whose server-id another one claims
 */
public record Heartbeat(Duration interval, Duration timeout, Duration probe) {

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofHours(24);

  static Heartbeat read(Section relay) {
    return new Heartbeat(
        relay
            .duration("heartbeat_interval", "between two pings of a connection")
            .range(LEAST, DAY)
            .orElse(Duration.ofSeconds(30)),
        relay
            .duration("heartbeat_timeout", "for any frame after a ping")
            .range(LEAST, DAY)
            .orElse(Duration.ofSeconds(30)),
        relay
            .duration("probe_timeout", "for a binary whose server-id another one claims")
            .range(Duration.ofMillis(1), Duration.ofSeconds(60))
            .orElse(Duration.ofSeconds(10)));
  }
}
