package dev.gatehouse.proxy.upstream;

import dev.gatehouse.proxy.route.Balance;

/** Backends for tests elsewhere. */
public final class Backends {

  private Backends() {}

  /** One of that name, which is never reached. */
  public static Backend named(String name) {
    return BackendGroup.of(UnansweredDialer.destinations(name), Balance.ROUND_ROBIN)
        .backends()
        .getFirst();
  }

  /** What health checks say of one. */
  public static void hold(Backend backend, boolean held) {
    backend.hold(held);
  }

  /** A connection to one has come about. */
  public static void opened(Backend backend) {
    backend.opened();
  }
}
