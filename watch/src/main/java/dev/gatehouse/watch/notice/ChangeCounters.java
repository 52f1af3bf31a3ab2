package dev.gatehouse.watch.notice;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.Listener;
import java.util.List;

/** Counts what changed in the own namespace, each combination there from the start. */
public final class ChangeCounters {

  private static final List<String> CHANGES = List.of("opened", "closed", "owner_changed");

  private final EventCounters counters;

  /** Counters of every combination, at zero. */
  public ChangeCounters(EventCounters counters) {
    this.counters = counters;
    for (AddressScope scope : AddressScope.values()) {
      if (scope != AddressScope.NONE) {
        CHANGES.forEach(
            change -> counters.counter(Metric.WATCH_LISTENER_CHANGES, change, scope.label()));
      }
    }
    for (DriftKind kind : DriftKind.values()) {
      counters.counter(Metric.WATCH_DRIFT_EVENTS, kind.label());
    }
  }

  /** Counts what one scan saw. */
  public void count(List<ExposureEvent> events) {
    for (ExposureEvent event : events) {
      switch (event) {
        case ExposureEvent.Opened opened -> count("opened", opened.listener());
        case ExposureEvent.Closed closed -> count("closed", closed.listener());
        case ExposureEvent.OwnerChanged changed -> count("owner_changed", changed.listener());
        case ExposureEvent.DriftBegan began ->
            counters.counter(Metric.WATCH_DRIFT_EVENTS, began.drift().kind().label()).increment();
        case ExposureEvent.DriftResolved _ -> {
          // only beginnings are counted
        }
      }
    }
  }

  private void count(String change, Listener listener) {
    if (listener.binding().isOwnNetns()) {
      counters.counter(Metric.WATCH_LISTENER_CHANGES, change, listener.scope().label()).increment();
    }
  }
}
