package dev.gatehouse.relay.view;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A server-id as it was at one moment.
 *
 * @param binary empty while it waits for one
 * @param graceLeft how long it still waits; empty while there is a binary
 */
public record ServerView(
    String serverId,
    Optional<ConnectionView> binary,
    Optional<Duration> graceLeft,
    List<PhoneView> phones) {

  public ServerView {
    phones = List.copyOf(phones);
  }
}
