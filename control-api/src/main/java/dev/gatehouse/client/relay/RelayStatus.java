package dev.gatehouse.client.relay;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The relay as a whole.
 *
 * @param mode {@code insecure} or {@code static}
 * @param domain the one host that is served; empty: any
 * @param certificateEnds empty if there is no TLS, or nothing to be served
 * @param certificateError why the certificate was not renewed; empty if it was
 * @param pushesInFlight empty if devices are not woken
 */
public record RelayStatus(
    String mode,
    String domain,
    Counts counts,
    Backlog backlog,
    Optional<Instant> certificateEnds,
    String certificateError,
    OptionalLong pushesInFlight,
    boolean draining) {

  /**
   * Who is there.
   *
   * @param binaries that hold a server-id
   * @param graced server-ids that wait for their binary
   * @param connections places that are taken, of so many that there are
   * @param pending connections that are not upgraded yet
   */
  public record Counts(
      long binaries, long graced, long phones, long connections, long limit, long pending) {}

  /**
   * What waits.
   *
   * @param bytes for all phones
   * @param limit beyond which each may have only a part of its own
   * @param pausedPhones that are not read since their binary is slow
   */
  public record Backlog(long bytes, long limit, long pausedPhones) {}
}
