package dev.gatehouse.client.relay;

import java.time.Instant;

/**
 * A connection of a binary or a phone.
 *
 * @param label the version of a binary or the name of a device, as they say it; may be empty
 * @param remote the address of its effective peer
 * @param lastSeen when its last whole frame came
 */
public record RelayConnection(
    String connId, String label, String remote, Instant since, Instant lastSeen, Traffic traffic) {

  /** Messages and their bytes that came from a peer, and that were written to it. */
  public record Traffic(long framesIn, long bytesIn, long framesOut, long bytesOut) {}
}
