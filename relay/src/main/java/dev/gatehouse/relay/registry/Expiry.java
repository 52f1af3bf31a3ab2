package dev.gatehouse.relay.registry;

import java.util.List;

/** What became of a server-id whose time of grace is over. */
public sealed interface Expiry<P> {

  /** It is free, and these phones are out. */
  record Expired<P>(List<P> phones) implements Expiry<P> {
    public Expired {
      phones = List.copyOf(phones);
    }
  }

  /** The timer was not the one that counts. */
  record Stale<P>() implements Expiry<P> {}
}
