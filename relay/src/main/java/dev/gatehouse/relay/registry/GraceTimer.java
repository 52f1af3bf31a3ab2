package dev.gatehouse.relay.registry;

/**
 * The time until which a server-id waits for its binary; each is equal to itself alone, so that an
 * old one that fires late changes nothing.
 */
public final class GraceTimer {

  private final ServerId id;
  private final long deadlineNanos;

  GraceTimer(ServerId id, long deadlineNanos) {
    this.id = id;
    this.deadlineNanos = deadlineNanos;
  }

  /** For which server-id it runs. */
  public ServerId id() {
    return id;
  }

  /** How long it still runs; 0 or less when it is over. */
  public long leftNanos(long nowNanos) {
    return deadlineNanos - nowNanos;
  }
}
