package dev.gatehouse.relay.gate;

import dev.gatehouse.relay.registry.ServerId;
import java.util.HexFormat;
import java.util.function.IntSupplier;

/** Names connections so that nobody can guess the next one. */
public final class ConnectionNames {

  private final IntSupplier random;

  /**
   * Names from such numbers.
   *
   * @param random of which no number says anything about another
   */
  public ConnectionNames(IntSupplier random) {
    this.random = random;
  }

  public String next(Role role, ServerId id) {
    String suffix = HexFormat.of().toHexDigits(random.getAsInt());
    return role.endpoint() + '-' + id + '-' + suffix;
  }
}
