package dev.gatehouse.relay.registry;

import java.util.List;
import java.util.Optional;

/** What became of the attempt to displace a binary that is silent. */
public sealed interface Takeover<B, P> {

  /** The newcomer has the server-id; the old binary, if there was one, and its phones are out. */
  record TakenOver<B, P>(Optional<B> old, List<P> evicted) implements Takeover<B, P> {
    public TakenOver {
      evicted = List.copyOf(evicted);
    }
  }

  /** The server-id was not held by whom it was expected to be. */
  record Lost<B, P>() implements Takeover<B, P> {}
}
