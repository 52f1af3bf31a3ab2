package dev.gatehouse.config;

import dev.gatehouse.config.value.Codecs;
import java.util.Optional;

/** A key for a number that need not be whole. */
public final class DecimalKey {

  private final ScalarSlot<Double> slot;

  DecimalKey(Scope scope, String name, String description) {
    this.slot = new ScalarSlot<>(scope, name, description, Codecs.DECIMALS);
  }

  /** Both ends are allowed; so is the default, wherever it lies. */
  public DecimalKey range(double least, double most) {
    ScalarSlot.between(slot, least, most);
    return this;
  }

  public double orElse(double fallback) {
    return slot.orElse(fallback);
  }

  public Optional<Double> optional() {
    return slot.optional();
  }
}
