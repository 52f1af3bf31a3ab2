package dev.gatehouse.relay.registry;

import java.util.List;
import java.util.Optional;

/** Who held a server-id that was taken from all of them. */
public record Evicted<B, P>(Optional<B> binary, List<P> phones) {

  public Evicted {
    phones = List.copyOf(phones);
  }
}
