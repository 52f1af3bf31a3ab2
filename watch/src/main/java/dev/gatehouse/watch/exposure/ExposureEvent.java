package dev.gatehouse.watch.exposure;

import java.time.Instant;

/** Something that changed between two scans. */
public sealed interface ExposureEvent {

  /** Wall time of the scan that saw it. */
  Instant at();

  /** A listener is new. */
  record Opened(Instant at, Listener listener) implements ExposureEvent {}

  /** A listener is gone. */
  record Closed(Instant at, Listener listener) implements ExposureEvent {}

  /** Another program holds the same port. */
  record OwnerChanged(Instant at, Listener listener, Listener was) implements ExposureEvent {}

  /** A difference from the expected list began. */
  record DriftBegan(Instant at, Drift drift) implements ExposureEvent {}

  /** A difference from the expected list ended. */
  record DriftResolved(Instant at, Drift drift) implements ExposureEvent {}
}
