package dev.gatehouse.config;

import java.util.Optional;
import java.util.function.Predicate;

/** A key that waits for its default, which is declared here and nowhere else. */
public final class Key<T> {

  private final Slot<T> slot;

  Key(Slot<T> slot) {
    this.slot = slot;
  }

  /**
   * Restricts the values; the default is always allowed.
   *
   * @param expectation completes "expected …" for every wrong value
   */
  public Key<T> matching(Predicate<T> allowed, String expectation) {
    slot.check(allowed, expectation);
    return this;
  }

  public T orElse(T fallback) {
    return slot.orElse(fallback);
  }

  /** Nothing when the key is left out or holds empty text. */
  public Optional<T> optional() {
    return slot.optional();
  }

  /**
   * A key that must be given. The example is shown in the reference, and is returned when the key
   * is missing or wrong, so that reading goes on to the next mistake.
   */
  public T required(T example) {
    return slot.required(example);
  }
}
