package dev.gatehouse.relay.config;

import dev.gatehouse.config.Section;
import java.time.Duration;

/**
 * What holds for every connection after its upgrade.
 *
 * @param maxMessageBytes of one message, its fragments together
 * @param readMessageTimeout for a message from its first byte on
 * @param writeTimeout for a message from its turn on
 * @param closeTimeout for the peer's close frame
 * @param grace how long a server-id waits for its binary
 * @param maxPhones of one server-id; 0 is no limit
 * @param windowBytes what a phone may have under way to its binary
 * @param legacyCloseCodes whether three causes are told apart
 */
public record SessionSettings(
    SendOpcode sendOpcode,
    int maxMessageBytes,
    Duration readMessageTimeout,
    Duration writeTimeout,
    Duration closeTimeout,
    Heartbeat heartbeat,
    Duration grace,
    int maxPhones,
    long windowBytes,
    boolean legacyCloseCodes) {

  private static final int KIB = 1024;
  private static final int DEFAULT_MESSAGE = 256 * KIB;

  /** Binaries read at most 1 MiB, the envelope included. */
  private static final int MAX_MESSAGE = 900 * KIB;

  static SessionSettings read(Section relay) {
    return new SessionSettings(
        relay
            .choice("send_opcode", "kind of sent messages", SendOpcode.class, SendOpcode::label)
            .orElse(SendOpcode.BINARY),
        relay
            .size("max_message_bytes", "of one message")
            .range(KIB, MAX_MESSAGE)
            .orElse(DEFAULT_MESSAGE),
        relay
            .duration("read_message_timeout", "for a whole message, from its first byte")
            .orElse(Duration.ofSeconds(30)),
        relay
            .duration("write_timeout", "for a message to be taken by the kernel")
            .orElse(Duration.ofSeconds(10)),
        relay
            .duration("close_timeout", "for the close frame of a peer")
            .orElse(Duration.ofSeconds(5)),
        Heartbeat.read(relay),
        relay
            .duration("grace", "for a binary to come back to its phones")
            .range(Duration.ofMillis(1), Duration.ofHours(1))
            .orElse(Duration.ofSeconds(30)),
        relay.integer("max_phones_per_server", "of one server-id; 0 = no limit").orElse(16),
        relay
            .size("binary_window_bytes", "of one phone under way to its binary")
            .atLeast(16 * KIB)
            .orElse(256L * KIB),
        relay
            .flag("legacy_close_codes", "1000 where clients are now told what happened")
            .orElse(false));
  }
}
