package dev.gatehouse.relay.registry;

import java.util.List;
import java.util.Optional;

/**
 * A copy of who held a server-id at one moment.
 *
 * @param grace runs where the binary is away
 */
public record Holding<B, P>(
    ServerId id, Optional<B> binary, Optional<GraceTimer> grace, List<P> phones) {

  public Holding {
    phones = List.copyOf(phones);
  }
}
