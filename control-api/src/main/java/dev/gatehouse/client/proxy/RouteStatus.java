package dev.gatehouse.client.proxy;

import java.time.Instant;
import java.util.Optional;

/**
 * What a route is doing.
 *
 * @param id of its row in the database
 * @param listener the address of its listener, as the configuration writes it
 * @param detail what is wrong, in words; empty for nothing
 * @param learnedProtocol what its backend turned out to speak; empty if that was not needed
 */
public record RouteStatus(
    long id,
    String listener,
    State state,
    String detail,
    long activeConnections,
    Optional<Instant> certificateNotAfter,
    String learnedProtocol) {

  /** Whether a route can do its work. */
  public enum State {
    SERVING,
    /** No backend took its last connection. */
    BACKEND_DOWN,
    /** Its connections are reset, since there is no certificate to show them. */
    CERTIFICATE_UNAVAILABLE,
    /** One that this program does not know. */
    UNKNOWN
  }
}
