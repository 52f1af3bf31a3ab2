package dev.gatehouse.relay;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.relay.config.PushSettings;
import dev.gatehouse.relay.log.RelayLog;
import dev.gatehouse.relay.push.FcmWaker;
import dev.gatehouse.relay.push.ServiceAccount;
import dev.gatehouse.relay.push.WakeRefusal;
import dev.gatehouse.relay.push.Waker;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.wire.envelope.PushWake;
import java.util.Optional;

/**
 * Wakes devices as the configuration says at the moment, or says that it wakes none.
 *
 * <p>Other settings are another waker: each server-id may send a burst again, and wakes that are on
 * their way arrive by the old one.
 */
final class Wakers implements Waker {

  private final Surroundings around;
  private final RelayLog log;
  private volatile Optional<FcmWaker> current;
  private PushSettings told;

  /**
   * The waker for the credentials there are, if there are any.
   *
   * @throws IllegalArgumentException if they are no key of a service account
   */
  Wakers(PushSettings push, Surroundings around, RelayLog log) {
    this.around = around;
    this.log = log;
    told = push;
    current = waker(push);
  }

  /**
   * Follows other settings.
   *
   * @throws IllegalArgumentException if their credentials are no key; nothing has changed then
   */
  synchronized void follow(PushSettings next) {
    if (next.equals(told)) {
      return;
    }
    Optional<FcmWaker> old = current;
    current = waker(next);
    told = next;
    old.ifPresent(FcmWaker::retire);
  }

  private Optional<FcmWaker> waker(PushSettings push) {
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

  @Override
  public Optional<WakeRefusal> wake(ServerId id, Optional<PushWake> wake) {
    return current.<Waker>map(one -> one).orElse(Waker.OFF).wake(id, wake);
  }

  /** Wakes on their way; empty if devices are not woken. */
  Optional<Integer> inFlight() {
    return current.map(FcmWaker::inFlight);
  }

  /** Forgets the server-ids that may send as many as any other. */
  void sweep() {
    current.ifPresent(FcmWaker::sweep);
  }

  /** Sends nothing more. */
  synchronized void close() throws InterruptedException {
    if (current.isPresent()) {
      current.get().close();
    }
  }
}
