package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.kernel.metric.MetricSink;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the backends of a route turned out to speak, for ten minutes; any thread. */
final class ProtocolMemory {

  static final Duration KEPT = Duration.ofMinutes(10);

  private volatile @Nullable Learned learned;

  private record Learned(Wire wire, long untilNanos) {}

  /** What is known. */
  Optional<Wire> known(long nowNanos) {
    Learned last = learned;
    return last == null || nowNanos - last.untilNanos() >= 0
        ? Optional.empty()
        : Optional.of(last.wire());
  }

  void collect(MetricSink sink, PoolCounters labels) {
    Learned last = learned;
    if (last != null) {
      labels.learned(sink, label(last.wire()));
    }
  }

  /** The word of the configuration for what is known. */
  Optional<String> label(long nowNanos) {
    return known(nowNanos).map(ProtocolMemory::label);
  }

  private static String label(Wire wire) {
    return wire == Wire.HTTP_2 ? "h2c" : "h1";
  }

  void learn(Wire wire, long nowNanos) {
    learned = new Learned(wire, nowNanos + KEPT.toNanos());
  }

  /** Another program may be there by now. */
  void forget() {
    learned = null;
  }
}
