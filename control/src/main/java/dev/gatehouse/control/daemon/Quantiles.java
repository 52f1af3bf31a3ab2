package dev.gatehouse.control.daemon;

import dev.gatehouse.proxy.ProxyView.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which value most of a spread does not exceed, as exactly as its buckets tell. */
final class Quantiles {

  private static final double NANOS_PER_SECOND = 1e9;

  private Quantiles() {}

  /** What came since; all of it if the counts began anew. */
  static Spread since(Spread before, Spread now) {
    if (!before.bounds().equals(now.bounds())) {
      return now;
    }
    List<Long> counts = new ArrayList<>(now.counts().size());
    for (int i = 0; i < now.counts().size(); i++) {
      long more = now.counts().get(i) - before.counts().get(i);
      if (more < 0) {
        return now;
      }
      counts.add(more);
    }
    return new Spread(now.bounds(), counts);
  }

  /**
   * The end of the bucket that holds the value; beyond the last end, that end. Empty if there are
   * no values.
   *
   * @param share from 0 to 1
   */
  static Optional<Duration> at(double share, Spread spread) {
    long values = spread.counts().stream().mapToLong(Long::longValue).sum();
    if (values == 0 || spread.bounds().isEmpty()) {
      return Optional.empty();
    }
    long rank = Math.max(1, (long) Math.ceil(share * values));
    int bucket = 0;
    for (long below = spread.counts().getFirst(); below < rank; bucket++) {
      below += spread.counts().get(bucket + 1);
    }
    int last = spread.bounds().size() - 1;
    return Optional.of(seconds(spread.bounds().get(Math.min(bucket, last))));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
  }
}
