package dev.gatehouse.config;

import dev.gatehouse.config.value.Codecs;
import java.time.Duration;
import java.util.Optional;

/** A key for a span of time; without a range it is longer than nothing and at most a day. */
public final class DurationKey {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final ScalarSlot<Duration> slot;
  private Duration least = SHORTEST;
  private Duration most = LONGEST;
  private boolean zeroAllowed;

  DurationKey(Scope scope, String name, String description) {
    this.slot = new ScalarSlot<>(scope, name, description, Codecs.DURATIONS);
  }

  /** Both ends are allowed; so is the default, wherever it lies. */
  public DurationKey range(Duration from, Duration to) {
    least = from;
    most = to;
    return this;
  }

  /** Also allows {@code "0s"}, which lies outside of the range and has a meaning of its own. */
  public DurationKey orZero() {
    zeroAllowed = true;
    return this;
  }

  public Duration orElse(Duration fallback) {
    return ranged().orElse(fallback);
  }

  public Optional<Duration> optional() {
    return ranged().optional();
  }

  private ScalarSlot<Duration> ranged() {
    ScalarSlot.between(slot, least, most);
    if (zeroAllowed) {
      ScalarSlot.orElseExactly(slot, Duration.ZERO);
    }
    return slot;
  }
}
