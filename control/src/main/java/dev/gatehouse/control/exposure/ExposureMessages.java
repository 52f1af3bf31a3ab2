package dev.gatehouse.control.exposure;

import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.v1.Change;
import dev.gatehouse.v1.Connections;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.OwnerCounts;
import dev.gatehouse.v1.SourceUse;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Resolution;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words what the watch found as messages of the control API. */
public final class ExposureMessages {

  private static final Comparator<Connections.PortCount> LARGEST_FIRST =
      Comparator.comparingLong(Connections.PortCount::getCount)
          .reversed()
          .thenComparingInt(Connections.PortCount::getPort);

  private final String host;
  private final Ticker ticker;

  /**
   * @param host the name of this host, for the reader
   */
  public ExposureMessages(String host, Ticker ticker) {
    this.host = host;
    this.ticker = ticker;
  }

  /** One snapshot, or the part of it that the filter admits. */
  public Exposure exposure(ExposureSnapshot snapshot, ExposureFilter filter) {
    List<Drift> drift = snapshot.drift().stream().filter(filter::admits).toList();
    List<Listener> admitted = admitted(snapshot, filter, drift);
    int shown = Math.min(admitted.size(), filter.pageSize());
    Exposure.Builder message =
        Exposure.newBuilder()
            .setTakenAt(TimeMessages.of(snapshot.takenAt()))
            .setHost(host)
            .setOwners(owners(admitted))
            .addAllWarnings(snapshot.warnings())
            .setTruncated(snapshot.truncated())
            .setOmitted(admitted.size() - shown)
            .setStale(snapshot.stale())
            .setAge(TimeMessages.ofNanos(Math.max(0, ticker.nanos() - snapshot.takenNanos())));
    snapshot.sources().forEach(source -> message.addSources(source(source)));
    admitted.subList(0, shown).forEach(found -> message.addListeners(ListenerMessages.of(found)));
    drift.forEach(found -> message.addDrift(ListenerMessages.of(found)));
    return message.build();
  }

  /** How many sockets are in which state. */
  Connections connections(ConnectionCounts counts) {
    Connections.Builder message =
        Connections.newBuilder().setTakenAt(TimeMessages.of(counts.takenAt()));
    counts.rows().forEach(row -> message.addRows(row(row)));
    counts.byPort().entrySet().stream()
        .map(
            entry ->
                Connections.PortCount.newBuilder()
                    .setPort(entry.getKey())
                    .setCount(entry.getValue())
                    .build())
        .sorted(LARGEST_FIRST)
        .forEach(message::addByPort);
    return message.build();
  }

  /** The first message of a stream, and the one that stands for events which were lost. */
  ExposureEvent snapshot(ExposureSnapshot snapshot, ExposureFilter filter) {
    return ExposureEvent.newBuilder()
        .setAt(TimeMessages.of(snapshot.takenAt()))
        .setChange(Change.CHANGE_SNAPSHOT)
        .setSnapshot(exposure(snapshot, filter))
        .build();
  }

  /** One change. */
  ExposureEvent event(dev.gatehouse.watch.exposure.ExposureEvent event) {
    ExposureEvent.Builder message = ExposureEvent.newBuilder().setAt(TimeMessages.of(event.at()));
    switch (event) {
      case dev.gatehouse.watch.exposure.ExposureEvent.Opened e ->
          message.setChange(Change.CHANGE_OPENED).setListener(ListenerMessages.of(e.listener()));
      case dev.gatehouse.watch.exposure.ExposureEvent.Closed e ->
          message.setChange(Change.CHANGE_CLOSED).setListener(ListenerMessages.of(e.listener()));
      case dev.gatehouse.watch.exposure.ExposureEvent.OwnerChanged e ->
          message
              .setChange(Change.CHANGE_OWNER_CHANGED)
              .setListener(ListenerMessages.of(e.listener()))
              .setWas(ListenerMessages.of(e.was()));
      case dev.gatehouse.watch.exposure.ExposureEvent.DriftBegan e ->
          message.setChange(Change.CHANGE_DRIFT).setDrift(ListenerMessages.of(e.drift()));
      case dev.gatehouse.watch.exposure.ExposureEvent.DriftResolved e ->
          message.setChange(Change.CHANGE_DRIFT_RESOLVED).setDrift(ListenerMessages.of(e.drift()));
    }
    return message.build();
  }

  private static List<Listener> admitted(
      ExposureSnapshot snapshot, ExposureFilter filter, List<Drift> drift) {
    if (!filter.driftOnly()) {
      return snapshot.listeners().stream().filter(filter::admits).toList();
    }
    Set<Listener> inDrift = new HashSet<>();
    drift.forEach(found -> found.listener().ifPresent(inDrift::add));
    return snapshot.listeners().stream().filter(inDrift::contains).toList();
  }

  private static OwnerCounts owners(List<Listener> listeners) {
    Map<Resolution, Integer> counts = new EnumMap<>(Resolution.class);
    listeners.forEach(found -> counts.merge(found.owner().resolution(), 1, Integer::sum));
    return OwnerCounts.newBuilder()
        .setFd(counts.getOrDefault(Resolution.FD, 0))
        .setCgroup(counts.getOrDefault(Resolution.CGROUP, 0))
        .setKernel(counts.getOrDefault(Resolution.KERNEL, 0))
        .setHidden(counts.getOrDefault(Resolution.HIDDEN, 0))
        .setPending(counts.getOrDefault(Resolution.PENDING, 0))
        .setOff(counts.getOrDefault(Resolution.OFF, 0))
        .build();
  }

  private static SourceUse source(dev.gatehouse.watch.exposure.SourceUse use) {
    return SourceUse.newBuilder()
        .setProto(EnumMessages.of(use.protocol()))
        .setFamily(EnumMessages.of(use.family()))
        .setSource(EnumMessages.of(use.source()))
        .setError(use.error())
        .build();
  }

  private static Connections.Row row(ConnectionCounts.Row row) {
    return Connections.Row.newBuilder()
        .setState(row.state().name())
        .setDirection(EnumMessages.of(row.direction()))
        .setRemoteScope(EnumMessages.of(row.remoteScope()))
        .setCount(row.count())
        .build();
  }
}
