package dev.gatehouse.relay.session;

import dev.gatehouse.relay.config.Heartbeat;
import dev.gatehouse.relay.config.SendOpcode;
import dev.gatehouse.relay.config.SessionSettings;
import java.time.Duration;

/** The settings that the specification has as defaults. */
final class Sample {

  private Sample() {}

  static SessionSettings settings(SendOpcode opcode) {
    Duration thirty = Duration.ofSeconds(30);
    return new SessionSettings(
        opcode,
        262_144,
        thirty,
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        new Heartbeat(thirty, thirty, Duration.ofSeconds(10)),
        thirty,
        16,
        262_144,
        false);
  }
}
