package dev.gatehouse.watch;

import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import java.util.List;
import java.util.Optional;

/** What the control plane and the console may ask of the watch. */
public interface WatchView {

  /** Receives each scan that found something changed. */
  @FunctionalInterface
  interface ScanListener {

    /** Called on the scan's thread: hand over and return. */
    void scanned(ExposureSnapshot snapshot, List<ExposureEvent> events);
  }

  /** Ends a subscription; may be called twice. */
  @FunctionalInterface
  interface Subscription {
    void cancel();
  }

  /**
   * A snapshot no older than the configured age; waits for a scan at most {@code scan_timeout},
   * then gives the last one, marked stale. Never called on an event loop.
   *
   * @param fresh whether to scan even if the last snapshot is young; at most one such scan a second
   */
  ExposureSnapshot exposure(boolean fresh);

  /** The last connection pass; empty if it is off, failed, or has not run. */
  Optional<ConnectionCounts> connections();

  /** Has every later scan's changes handed to the listener. */
  Subscription subscribe(ScanListener listener);
}
