package dev.gatehouse.watch.scan;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.drift.DriftLedger;
import dev.gatehouse.watch.drift.DriftPolicy;
import dev.gatehouse.watch.drift.DriftReport;
import dev.gatehouse.watch.drift.FoundDrift;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.SourceUse;
import dev.gatehouse.watch.listening.FoundSocket;
import dev.gatehouse.watch.listening.ListenerChanges;
import dev.gatehouse.watch.listening.ListenerFilter;
import dev.gatehouse.watch.listening.ListenerTable;
import dev.gatehouse.watch.listening.PortRange;
import dev.gatehouse.watch.listening.TableRow;
import dev.gatehouse.watch.listening.Unread;
import dev.gatehouse.watch.notice.Advice;
import dev.gatehouse.watch.notice.ChangeCounters;
import dev.gatehouse.watch.owner.OwnerLookup.Owners;
import dev.gatehouse.watch.owner.OwnerSettings;
import dev.gatehouse.watch.series.Cut;
import dev.gatehouse.watch.series.ListenerSeries;
import dev.gatehouse.watch.series.ListenerSeries.Made;
import dev.gatehouse.watch.series.SampleList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * One listener scan from the kernel's rows to what is published: read, find owners, merge, judge,
 * compare with the last scan, make series. Runs on the scan's thread only.
 */
final class ListenerScan {

  private final Surroundings host;
  private final SocketReader reader;
  private final NamespaceScan others;
  private final Advice advice;
  private final ChangeCounters changeCounters;
  private final LongAdder ownerWalks;
  private final ListenerFilter filter;
  private final DriftLedger drifts = new DriftLedger();
  private final ListenerChanges changes = new ListenerChanges();
  private final ListenerSeries series = new ListenerSeries();
  private IntFunction<String> interfaceNames;
  private Instant lastComplete = Instant.EPOCH;
  private long walkNanos;

  ListenerScan(
      Surroundings host, SourceHealth health, NamespaceScan others, EventCounters counters) {
    this.host = host;
    this.reader = new SocketReader(health);
    this.others = others;
    this.advice = new Advice(counters);
    this.changeCounters = new ChangeCounters(counters);
    this.ownerWalks = counters.counter(Metric.NETSTAT_OWNER_WALKS);
    this.interfaceNames = host.interfaceNames().get();
    this.filter = new ListenerFilter(Binding.OWN_NETNS, index -> interfaceNames.apply(index));
  }

  private record Observed(
      SocketReader.Reading reading,
      List<FoundSocket> sockets,
      Owners owners,
      DriftReport report,
      List<ExposureEvent> events) {

    List<Listener> listeners() {
      return report.rows().stream().map(TableRow::listener).toList();
    }
  }

  Scanned run(SocketTable table, WatchConfig config) {
    long nanos = host.ticker().nanos();
    Instant at = host.ticker().now();
    Observed observed = observe(table, config, at, nanos);
    if (!observed.reading().isBlind()) {
      lastComplete = at;
    }
    changeCounters.count(observed.events());
    Made made = series(observed, config);
    advice.tellCuts(made.cuts(), nanos);
    return new Scanned(
        snapshot(observed, made, at, nanos),
        samples(observed.reading(), made),
        List.copyOf(observed.events()),
        lastComplete,
        walkNanos,
        observed.reading().usesProc());
  }

  private Observed observe(SocketTable table, WatchConfig config, Instant at, long nanos) {
    var reading = reader.read(table, config.socketSource(), config.udp(), nanos);
    List<FoundSocket> sockets = listeners(reading, config, nanos);
    Owners owners = owners(sockets, config);
    List<TableRow> rows = ListenerTable.rows(sockets, owners.owners(), host.users().get());
    Unread unread = new Unread(reading.unread(), others.incomplete());
    DriftReport report = drifts.update(rows, policy(config), host.intended().get(), unread, at);
    List<ExposureEvent> events =
        new ArrayList<>(changes.update(report.rows(), unread, others.wasRead(), at));
    events.addAll(report.events());
    return new Observed(reading, sockets, owners, report, events);
  }

  private Made series(Observed observed, WatchConfig config) {
    int cap = config.maxListeningSeries();
    series.count(observed.sockets(), observed.owners().owners());
    Made made = series.make(observed.listeners(), config.info(), cap);
    DriftReport report = observed.report();
    ListenerSeries.addDrift(report.drifts(), report.judged(), cap, made);
    return made;
  }

  private ExposureSnapshot snapshot(Observed observed, Made made, Instant at, long nanos) {
    List<Listener> listeners = observed.listeners();
    List<String> warnings =
        advice.about(
            listeners,
            observed.owners().refusedFolders(),
            observed.reading().surplus(),
            host.engine().get());
    return new ExposureSnapshot(
        at,
        nanos,
        observed.reading().sources(),
        listeners,
        observed.report().drifts().stream().map(FoundDrift::drift).toList(),
        warnings,
        made.cuts().values().stream().mapToInt(Cut::dropped).sum(),
        false);
  }

  private List<FoundSocket> listeners(
      SocketReader.Reading reading, WatchConfig config, long nanos) {
    interfaceNames = host.interfaceNames().get();
    PortRange clientPorts = host.clientPorts().get();
    long settleNanos = config.udpEphemeralSettle().toNanos();
    List<FoundSocket> found = filter.filter(reading.rows(), clientPorts, settleNanos, nanos);
    found.addAll(others.listeners(clientPorts, settleNanos, nanos));
    return found;
  }

  private Owners owners(List<FoundSocket> found, WatchConfig config) {
    OwnerSettings settings =
        new OwnerSettings(config.owners(), config.units(), config.ownerWalkBudget());
    Owners owners = host.owners().resolve(found.stream().map(FoundSocket::row).toList(), settings);
    ownerWalks.add(owners.fullWalks());
    walkNanos += owners.walkNanos();
    return owners;
  }

  private DriftPolicy policy(WatchConfig config) {
    return new DriftPolicy(config.expected(), config.judgeLoopback(), host.ownPid());
  }

  /** Blind, a scan says nothing of sockets: zero would be a claim. */
  private static SampleList samples(SocketReader.Reading reading, Made made) {
    SampleList samples = reading.isBlind() ? new SampleList() : made.samples();
    for (SourceUse use : reading.sources()) {
      if (use.error().isEmpty()) {
        samples.add(
            Metric.NETSTAT_SOURCE,
            1,
            use.source().label(),
            use.protocol().label(),
            use.family().label());
      }
    }
    made.cuts()
        .forEach(
            (metric, cut) -> samples.add(Metric.NETSTAT_SERIES_TRUNCATED, cut.dropped(), metric));
    return samples;
  }
}
