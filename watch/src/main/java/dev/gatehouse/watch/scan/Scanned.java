package dev.gatehouse.watch.scan;

import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import dev.gatehouse.watch.series.SampleList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a listener scan leaves for all who ask; immutable once published.
 *
 * @param samples of sockets; empty if nothing could be read
 * @param lastComplete when something was last read; the epoch if never
 * @param walkNanos spent in walks over descriptors since the start
 * @param dear whether the source is one that must be left alone for longer
 */
record Scanned(
    ExposureSnapshot snapshot,
    SampleList samples,
    List<ExposureEvent> events,
    Instant lastComplete,
    long walkNanos,
    boolean dear) {

  /** Before the first scan. */
  static Scanned nothing(Instant at, long nanos) {
    ExposureSnapshot snapshot =
        new ExposureSnapshot(at, nanos, List.of(), List.of(), List.of(), List.of(), 0, true);
    return new Scanned(snapshot, new SampleList(), List.of(), Instant.EPOCH, 0, false);
  }

  boolean isYoung(long nowNanos, Duration maxAge) {
    return nowNanos - snapshot.takenNanos() <= maxAge.toNanos();
  }

  ExposureSnapshot staleSnapshot() {
    return new ExposureSnapshot(
        snapshot.takenAt(),
        snapshot.takenNanos(),
        snapshot.sources(),
        snapshot.listeners(),
        snapshot.drift(),
        snapshot.warnings(),
        snapshot.truncated(),
        true);
  }
}
