package dev.gatehouse.cli.exposure;

import dev.gatehouse.v1.Change;
import dev.gatehouse.v1.Drift;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.Listener;
import dev.gatehouse.v1.OwnerCounts;
import dev.gatehouse.v1.Protocol;
import dev.gatehouse.v1.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which part of an exposure the reader wants to see.
 *
 * @param minScope this scope and wider; unspecified for all
 * @param proto only this protocol; unspecified for all
 * @param driftOnly only listeners that differ from what is expected
 */
public record ExposureSelection(Scope minScope, Protocol proto, boolean driftOnly) {

  /** That part of the whole. */
  public Exposure of(Exposure exposure) {
    List<Drift> drift = exposure.getDriftList().stream().filter(this::admits).toList();
    Set<Listener> inDrift = new HashSet<>();
    drift.forEach(found -> inDrift.add(found.getListener()));
    List<Listener> listeners =
        exposure.getListenersList().stream()
            .filter(this::admits)
            .filter(found -> !driftOnly || inDrift.contains(found))
            .toList();
    Exposure.Builder part =
        exposure.toBuilder()
            .clearDrift()
            .addAllDrift(drift)
            .clearListeners()
            .addAllListeners(listeners);
    return listeners.size() == exposure.getListenersCount()
        ? part.build()
        : part.setOwners(owners(listeners)).build();
  }

  /** Whether an event of a stream belongs to that part. */
  public boolean admits(ExposureEvent event) {
    return switch (event.getChange()) {
      case CHANGE_SNAPSHOT -> true;
      case CHANGE_OPENED, CHANGE_CLOSED, CHANGE_OWNER_CHANGED ->
          !driftOnly && admits(event.getListener());
      case CHANGE_DRIFT, CHANGE_DRIFT_RESOLVED -> admits(event.getDrift());
      case CHANGE_UNSPECIFIED, UNRECOGNIZED -> true;
    };
  }

  /** The event with its snapshot, if it has one, cut to that part. */
  public ExposureEvent of(ExposureEvent event) {
    return event.getChange() == Change.CHANGE_SNAPSHOT
        ? event.toBuilder().setSnapshot(of(event.getSnapshot())).build()
        : event;
  }

  /** What is missing has neither scope nor, perhaps, protocol: it is always told. */
  private boolean admits(Drift drift) {
    return !drift.hasListener() || admits(drift.getListener());
  }

  private boolean admits(Listener listener) {
    return listener.getScope().compareTo(minScope) >= 0
        && (proto == Protocol.PROTOCOL_UNSPECIFIED || listener.getProto() == proto);
  }

  private static OwnerCounts owners(List<Listener> listeners) {
    OwnerCounts.Builder counts = OwnerCounts.newBuilder();
    for (Listener listener : listeners) {
      switch (listener.getResolution()) {
        case RESOLUTION_FD -> counts.setFd(counts.getFd() + 1);
        case RESOLUTION_CGROUP -> counts.setCgroup(counts.getCgroup() + 1);
        case RESOLUTION_KERNEL -> counts.setKernel(counts.getKernel() + 1);
        case RESOLUTION_HIDDEN -> counts.setHidden(counts.getHidden() + 1);
        case RESOLUTION_PENDING -> counts.setPending(counts.getPending() + 1);
        case RESOLUTION_OFF, RESOLUTION_UNSPECIFIED, UNRECOGNIZED ->
            counts.setOff(counts.getOff() + 1);
      }
    }
    return counts.build();
  }
}
