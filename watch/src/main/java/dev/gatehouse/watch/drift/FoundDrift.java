package dev.gatehouse.watch.drift;

import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.Listener;
import java.util.List;
import java.util.Optional;

/** A difference and the entry that it concerns, which for a missing listener is all there is. */
public record FoundDrift(Drift drift, Optional<ExpectedListener> entry) {

  /** Kind, protocol, port, scope and process: of the listener, or of the entry that lacks one. */
  public List<String> labels() {
    return drift.listener().map(this::labelsOf).orElseGet(this::labelsOfEntry);
  }

  private List<String> labelsOf(Listener listener) {
    return List.of(
        drift.kind().label(),
        listener.binding().protocol().label(),
        Integer.toString(listener.binding().port()),
        listener.scope().label(),
        listener.owner().process());
  }

  private List<String> labelsOfEntry() {
    ExpectedListener missing = entry.orElseThrow();
    return List.of(
        drift.kind().label(),
        missing.protocolLabel(),
        missing.portLabel(),
        missing.scope().label(),
        missing.process());
  }
}
