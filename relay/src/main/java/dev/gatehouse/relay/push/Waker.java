package dev.gatehouse.relay.push;

import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.wire.envelope.PushWake;
import java.util.Optional;

/** Wakes devices, or says at once that it will not; any thread may ask and none waits. */
@FunctionalInterface
public interface Waker {

  /** Wakes nobody. */
  Waker OFF = (id, wake) -> Optional.of(WakeRefusal.OFF);

  /**
   * Sends a wake for the binary of that server-id.
   *
   * @param wake empty if it could not be understood
   * @return why it is not sent; empty if it is on its way
   */
  Optional<WakeRefusal> wake(ServerId id, Optional<PushWake> wake);
}
