package dev.gatehouse.client.relay;

import java.time.Duration;
import java.util.Optional;

/**
 * A server-id that is held, or waits for its binary to come back.
 *
 * @param binary empty while it waits
 * @param graceLeft how long it still waits
 */
public record RelayServer(
    String serverId,
    State state,
    Optional<RelayConnection> binary,
    Optional<Duration> graceLeft,
    long phones) {

  /** Whether there is a binary. */
  public enum State {
    LIVE,
    GRACED,
    /** Of a daemon that is newer than this program. */
    UNKNOWN
  }
}
