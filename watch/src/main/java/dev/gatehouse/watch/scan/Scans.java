package dev.gatehouse.watch.scan;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.watch.NamespaceChoice;
import dev.gatehouse.watch.SocketSourceChoice;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.connection.ConnectionPass;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.notice.ExposureLog;
import dev.gatehouse.watch.series.ConnectionSeries;
import dev.gatehouse.watch.series.SampleList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The three kinds of work on the scan's thread, and what each left last. */
final class Scans {

  private static final Duration DEAR_INTERVAL = Duration.ofSeconds(10);

  private record Counted(Optional<ConnectionCounts> counts, SampleList samples) {}

  private record Source(SocketSourceChoice choice, SocketTable table, ConnectionPass pass) {}

  private final Surroundings host;
  private final Ticker ticker;
  private final Supplier<WatchConfig> config;
  private final SourceHealth health;
  private final NamespaceScan namespaceScan;
  private final ListenerScan listenerScan;
  private final ExposureLog log = new ExposureLog();
  private final Subscribers subscribers = new Subscribers();
  private final Pass listeners;
  private final Pass connections;
  private final Pass namespaces;
  private @Nullable Source source;
  private volatile Scanned last;
  private volatile Counted counted = new Counted(Optional.empty(), new SampleList());
  private volatile int otherNamespaces;

  Scans(Surroundings host, EventCounters counters, Supplier<WatchConfig> config) {
    this.host = host;
    this.ticker = host.ticker();
    this.config = config;
    this.health = new SourceHealth(counters);
    this.namespaceScan = new NamespaceScan(host.namespaces());
    this.listenerScan = new ListenerScan(host, health, namespaceScan, counters);
    this.last = Scanned.nothing(ticker.now(), ticker.nanos());
    this.listeners = new Pass("netstat", this::listenerInterval, false, this::scanListeners);
    this.connections =
        new Pass("connections", this::connectionInterval, true, this::countConnections);
    this.namespaces = new Pass("namespaces", this::namespaceInterval, false, this::readNamespaces);
  }

  /** Listeners first: everybody waits for them. */
  List<Pass> passes() {
    return List.of(listeners, namespaces, connections);
  }

  Pass listeners() {
    return listeners;
  }

  Pass connections() {
    return connections;
  }

  Subscribers subscribers() {
    return subscribers;
  }

  Scanned last() {
    return last;
  }

  Optional<ConnectionCounts> lastConnections() {
    return counted.counts();
  }

  SampleList connectionSamples() {
    return config.get().connections() ? counted.samples() : new SampleList();
  }

  int otherNamespaces() {
    return otherNamespaces;
  }

  private Duration listenerInterval() {
    Duration interval = config.get().scanInterval();
    boolean tooOften = last.dear() && interval.compareTo(DEAR_INTERVAL) < 0 && !interval.isZero();
    return tooOften ? DEAR_INTERVAL : interval;
  }

  private Duration connectionInterval() {
    return config.get().connections() ? config.get().connectionsInterval() : Duration.ZERO;
  }

  /** Runs once more after it was switched off, so that what it knew is forgotten. */
  private Duration namespaceInterval() {
    boolean all = config.get().namespaces() == NamespaceChoice.ALL;
    return all || otherNamespaces > 0 ? config.get().namespacesInterval() : Duration.ZERO;
  }

  private void scanListeners() {
    WatchConfig now = config.get();
    Scanned scanned = listenerScan.run(source(now).table(), now);
    last = scanned;
    log.tell(scanned.events(), now.logListeners(), scanned.snapshot().takenNanos());
    subscribers.tell(scanned);
  }

  private void countConnections() {
    WatchConfig now = config.get();
    Optional<ConnectionCounts> counts =
        source(now).pass().run(ticker.now(), now.maxListeningSeries());
    counted = new Counted(counts, counts.map(ConnectionSeries::of).orElseGet(SampleList::new));
  }

  private void readNamespaces() {
    WatchConfig now = config.get();
    if (now.namespaces() == NamespaceChoice.ALL) {
      namespaceScan.read(now, ticker.nanos());
    } else {
      namespaceScan.forget();
    }
    otherNamespaces = namespaceScan.count();
  }

  /** Made anew only when the operator chose another. */
  private Source source(WatchConfig now) {
    Source present = source;
    if (present == null || present.choice() != now.socketSource()) {
      SocketTable table = host.tables().apply(now.socketSource());
      present =
          new Source(
              now.socketSource(),
              table,
              new ConnectionPass(
                  table,
                  (query, result) ->
                      health.record(query, result, now.socketSource(), ticker.nanos())));
      source = present;
    }
    return present;
  }
}
