package dev.gatehouse.watch.exposure;

import java.time.Instant;
import java.util.List;

/**
 * All that the host exposes at one moment; immutable.
 *
 * @param takenAt wall time of the scan
 * @param takenNanos monotonic time of the scan
 * @param sources how each part of the table was read
 * @param listeners sorted: possible clients last, public before private before loopback, then by
 *     protocol and port
 * @param drift differences from the expected list
 * @param warnings sentences for the foot of the table
 * @param truncated series left out of the metrics by the cap
 * @param stale whether a newer scan was asked for and did not come in time
 */
public record ExposureSnapshot(
    Instant takenAt,
    long takenNanos,
    List<SourceUse> sources,
    List<Listener> listeners,
    List<Drift> drift,
    List<String> warnings,
    int truncated,
    boolean stale) {

  public ExposureSnapshot {
    sources = List.copyOf(sources);
    listeners = List.copyOf(listeners);
    drift = List.copyOf(drift);
    warnings = List.copyOf(warnings);
  }
}
