package dev.gatehouse.relay.config;

import dev.gatehouse.config.Section;
import java.time.Duration;

/**
 * How many connections there may be, and how much may wait for them.
 *
 * @param binaryReserve places that phones leave to binaries that are not there yet
 * @param maxPerClient 0 is no limit
 * @param maxPending not upgraded yet
 * @param upgradeBurst attempts of one client at once
 * @param upgradeRefill until one more is allowed
 * @param outboxBytes for one phone
 * @param outboxTotal for all phones before each may have only a part of its own
 */
public record CapSettings(
    int maxConnections,
    int binaryReserve,
    int maxPerClient,
    int maxPending,
    int upgradeBurst,
    Duration upgradeRefill,
    long outboxBytes,
    OutboxTotal outboxTotal) {

  private static final long MIB = 1024L * 1024;
  private static final int MAX_CONNECTIONS = 1_000_000;

  static CapSettings read(Section relay) {
    CapSettings caps =
        new CapSettings(
            relay
                .integer("max_connections", "WebSocket connections of both kinds")
                .range(1, MAX_CONNECTIONS)
                .orElse(20),
            relay
                .integer("binary_reserve", "of them kept for binaries that are not there yet")
                .orElse(0),
            relay.integer("max_connections_per_client", "of one address; 0 = no limit").orElse(0),
            relay.integer("max_pending_connections", "not upgraded yet").atLeast(1).orElse(1024),
            relay
                .integer("upgrade_burst", "attempts of one client at once")
                .range(1, MAX_CONNECTIONS)
                .orElse(20),
            relay
                .duration("upgrade_refill", "until a client may try once more")
                .orElse(Duration.ofSeconds(6)),
            relay.size("outbox_bytes", "waiting for one phone").atLeast(1).orElse(4 * MIB),
            relay
                .value(
                    "outbox_total_bytes",
                    "waiting for all phones before each may have less; auto: by the memory there"
                        + " is",
                    OutboxTotal.EXPECTED,
                    OutboxTotal::parse)
                .orElse(OutboxTotal.AUTO));
    if (caps.binaryReserve() > caps.maxConnections()) {
      relay.refuse("binary_reserve", "0–max_connections (" + caps.maxConnections() + ")");
    }
    return caps;
  }
}
