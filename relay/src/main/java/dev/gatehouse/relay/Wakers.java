package dev.gatehouse.relay;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.relay.config.PushSettings;
import dev.gatehouse.relay.log.RelayLog;
import dev.gatehouse.relay.push.FcmWaker;
import dev.gatehouse.relay.push.ServiceAccount;
import java.util.Optional;

/** Chooses whether devices are woken. */
final class Wakers {

  private Wakers() {}

  /**
   * The waker for the credentials there are; empty without any.
   *
   * @throws IllegalArgumentException if they are no key of a service account
   */
  static Optional<FcmWaker> of(PushSettings push, Surroundings around, RelayLog log) {
    Optional<Secret> credentials = push.credentials();
    if (credentials.isEmpty()) {
      log.pushOff("no credentials");
      return Optional.empty();
    }
    ServiceAccount account =
        ServiceAccount.read(credentials.get().reveal())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "relay.push.fcm_credentials: malformed (expected: "
                            + ServiceAccount.EXPECTED
                            + "; value withheld)"));
    return Optional.of(new FcmWaker(account, push, around.counters(), log, around.ticker()));
  }
}
