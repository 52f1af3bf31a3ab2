package dev.gatehouse.config;

import dev.gatehouse.config.value.Codec;
import java.util.Optional;
import java.util.OptionalLong;

/** A key for a whole number or an amount of bytes; without a range it is 0 or more. */
public final class IntegerKey {

  private final ScalarSlot<Long> slot;
  private long least;
  private long most = Long.MAX_VALUE;
  private boolean zeroAllowed;

  IntegerKey(Scope scope, String name, String description, Codec<Long> codec) {
    this.slot = new ScalarSlot<>(scope, name, description, codec);
  }

  /** Both ends are allowed; so is the default, wherever it lies. */
  public IntegerKey range(long from, long to) {
    least = from;
    most = to;
    return this;
  }

  public IntegerKey atLeast(long from) {
    return range(from, Long.MAX_VALUE);
  }

  /** Also allows zero, which lies outside of the range and has a meaning of its own. */
  public IntegerKey orZero() {
    zeroAllowed = true;
    return this;
  }

  public int orElse(int fallback) {
    most = Math.min(most, Integer.MAX_VALUE);
    return Math.toIntExact(orElse((long) fallback));
  }

  public long orElse(long fallback) {
    return ranged().orElse(fallback);
  }

  public OptionalLong optional() {
    Optional<Long> value = ranged().optional();
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }

  /** As {@link Key#required}. */
  public int required(int example) {
    most = Math.min(most, Integer.MAX_VALUE);
    return Math.toIntExact(ranged().required((long) example));
  }

  private ScalarSlot<Long> ranged() {
    ScalarSlot.between(slot, least, most == Long.MAX_VALUE ? null : most);
    if (zeroAllowed) {
      ScalarSlot.orElseExactly(slot, 0L);
    }
    return slot;
  }
}
