package dev.gatehouse.relay.registry;

import java.util.List;

/** What became of a binary's claim to a server-id. */
public sealed interface Claim<B, P> {

  /** Nobody had it. */
  record Claimed<B, P>() implements Claim<B, P> {}

  /** It waited for its binary; the phones of the old one are out. */
  record Reclaimed<B, P>(List<P> evicted) implements Claim<B, P> {
    public Reclaimed {
      evicted = List.copyOf(evicted);
    }
  }

  /** Another has it, alive or not. */
  record Conflict<B, P>(B incumbent) implements Claim<B, P> {}
}
