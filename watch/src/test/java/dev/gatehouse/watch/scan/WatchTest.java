package dev.gatehouse.watch.scan;

import static dev.gatehouse.watch.Owners.owner;
import static dev.gatehouse.watch.SocketRows.tcp;
import static dev.gatehouse.watch.SocketRows.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.LoggedEvent;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.watch.FakeTable;
import dev.gatehouse.watch.NamespaceChoice;
import dev.gatehouse.watch.Samples;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.drift.ExpectedListener;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.listening.PortRange;
import dev.gatehouse.watch.namespace.Namespaces.Namespace;
import dev.gatehouse.watch.namespace.Namespaces.Reading;
import dev.gatehouse.watch.notice.ExposureLog;
import dev.gatehouse.watch.owner.OwnerLookup.Owners;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

class WatchTest {

  @RegisterExtension final LogGuard log = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final FakeTable table = new FakeTable();
  private final EventCounters counters = new EventCounters();
  private final ConcurrentHashMap<Integer, Owner> ownersByPort = new ConcurrentHashMap<>();
  private final List<ExposureEvent> told = new CopyOnWriteArrayList<>();
  private boolean supported = true;
  private boolean inContainer;
  private volatile Reading namespaces = new Reading(List.of(), 0);
  private Watch watch = watch(TestConfigs.defaults());

  private Watch watch(WatchConfig config) {
    Surroundings host =
        new Surroundings(
            ticker,
            choice -> table,
            (rows, settings) ->
                new Owners(rows.stream().map(this::ownerOf).toList(), 0, 1, 1_000_000),
            () -> uid -> "alice",
            () -> index -> "eth" + index,
            () -> PortRange.KERNEL_DEFAULT,
            (atMost, udp) -> namespaces,
            Set::of,
            4242,
            () -> false,
            () -> inContainer,
            supported);
    return new Watch(config, host, counters);
  }

  private Owner ownerOf(SocketRow row) {
    return ownersByPort.getOrDefault(row.localPort(), owner("program", 9));
  }

  private void start(WatchConfig config) {
    watch = watch(config);
    watch.subscribe((snapshot, events) -> told.addAll(events));
    watch.start();
  }

  private void start() {
    start(TestConfigs.defaults());
  }

  @AfterEach
  void close() throws Exception {
    watch.close();
  }

  /** Lets time pass as the clock of the scan sees it, and waits for the scan that it makes due. */
  private void passes(Duration time) throws Exception {
    int before = table.scans();
    ticker.advance(time);
    watch.reconfigure(TestConfigs.withoutConnections());
    Await.until("a scan by the clock", () -> table.scans() > before);
    ExposureSnapshot _ = watch.exposure(false);
  }

  private Samples scrape() {
    return Samples.of(watch, counters);
  }

  private static List<Integer> ports(ExposureSnapshot snapshot) {
    return snapshot.listeners().stream().map(listener -> listener.binding().port()).toList();
  }

  @Test
  void theFirstSnapshotIsThereAfterTheStart() {
    table.open(tcp("0.0.0.0", 80));
    start();
    assertThat(ports(watch.exposure(false))).containsExactly(80);
    assertThat(watch.exposure(false).stale()).isFalse();
    assertThat(log.events("watch_started"))
        .singleElement()
        .satisfies(line -> assertThat(line.fields()).containsEntry("public", "1"));
  }

  @Test
  void tenScrapesInOneSecondCostAtMostTwoScans() {
    start(TestConfigs.withoutConnections());
    int before = table.scans();
    for (int i = 0; i < 10; i++) {
      ticker.advance(Duration.ofMillis(100));
      scrape();
    }
    assertThat(table.scans() - before).isBetween(0, 2);
    ticker.advance(Duration.ofMillis(1001));
    scrape();
    assertThat(table.scans() - before).isBetween(1, 3);
  }

  @Test
  void freshMeansAScanButNotMoreThanOneASecond() {
    start();
    int before = table.scans();
    ticker.advance(Duration.ofMillis(500));
    ExposureSnapshot _ = watch.exposure(true);
    assertThat(table.scans()).isEqualTo(before);
    ticker.advance(Duration.ofMillis(501));
    ExposureSnapshot _ = watch.exposure(true);
    assertThat(table.scans()).isEqualTo(before + 1);
  }

  @Test
  void aScrapeDuringABlockedScanGetsTheLastData() {
    table.open(tcp("0.0.0.0", 80));
    start(TestConfigs.patience(Duration.ofMillis(50)));
    ticker.advance(Duration.ofSeconds(5));
    table.gate.lock();
    try {
      ExposureSnapshot snapshot = watch.exposure(false);
      assertThat(snapshot.stale()).isTrue();
      assertThat(ports(snapshot)).containsExactly(80);
      assertThat(Samples.of(counters).value(Metric.NETSTAT_SCAN_TIMEOUTS)).isEqualTo(1);
    } finally {
      table.gate.unlock();
    }
    assertThat(watch.exposure(false).stale()).isFalse();
  }

  @Test
  void concurrentCallersShareOneScan() throws Exception {
    start(TestConfigs.withoutConnections());
    ticker.advance(Duration.ofSeconds(5));
    int before = table.scans();
    List<CompletableFuture<ExposureSnapshot>> callers;
    table.gate.lock();
    try {
      callers =
          Stream.generate(
                  () -> CompletableFuture.supplyAsync(() -> watch.exposure(false), this::inThread))
              .limit(8)
              .toList();
      Await.until("the scan has begun", () -> table.gate.hasQueuedThreads());
    } finally {
      table.gate.unlock();
    }
    for (CompletableFuture<ExposureSnapshot> caller : callers) {
      assertThat(caller.get(10, TimeUnit.SECONDS).stale()).isFalse();
    }
    assertThat(table.scans() - before).isBetween(1, 2);
  }

  private void inThread(Runnable task) {
    Thread.ofVirtual().start(task);
  }

  @Test
  void aPortOpenBetweenTwoScrapesIsCounted() throws Exception {
    start(TestConfigs.withoutConnections());
    scrape();
    table.open(tcp("0.0.0.0", 4444));
    passes(Duration.ofSeconds(10));
    table.close(tcp("0.0.0.0", 4444));
    passes(Duration.ofSeconds(10));
    ticker.advance(Duration.ofSeconds(40));
    Samples samples = scrape();
    assertThat(samples.value(Metric.WATCH_LISTENER_CHANGES, "opened", "public")).isEqualTo(1);
    assertThat(samples.value(Metric.WATCH_LISTENER_CHANGES, "closed", "public")).isEqualTo(1);
    assertThat(samples.value(Metric.WATCH_LISTENER_CHANGES, "closed", "private")).isZero();
    assertThat(samples.series(Metric.NETSTAT_LISTENING_PORTS)).isEmpty();
    assertThat(log.events("listener_opened")).hasSize(1);
    assertThat(log.events("listener_closed")).hasSize(1);
    assertThat(told).hasSize(2);
  }

  @Test
  void anotherOwnerIsAWarning() {
    log.expect("listener_owner_changed");
    ownersByPort.put(80, owner("nginx", 9));
    table.open(tcp("0.0.0.0", 80));
    start();
    ownersByPort.put(80, owner("evil", 10));
    ticker.advance(Duration.ofSeconds(2));
    scrape();
    LoggedEvent line = log.events("listener_owner_changed").getFirst();
    assertThat(line.fields()).containsEntry("was", "nginx").containsEntry("process", "evil");
  }

  @Test
  void aLoopbackListenerIsToldOnlyInDetail() {
    start();
    table.open(tcp("127.0.0.1", 80), udp("0.0.0.0", 40_000));
    ticker.advance(Duration.ofSeconds(2));
    scrape();
    assertThat(log.events("listener_opened")).noneMatch(line -> line.level() == Level.INFO);
  }

  @Test
  void aStormOfChangesIsOneNumber() {
    log.expect("exposure_events_suppressed");
    start();
    for (int port = 1; port <= 150; port++) {
      table.open(tcp("0.0.0.0", port));
    }
    ticker.advance(Duration.ofSeconds(2));
    scrape();
    assertThat(log.events("listener_opened")).hasSize(ExposureLog.MAX_LINES_A_MINUTE);
    ticker.advance(Duration.ofSeconds(61));
    scrape();
    assertThat(log.events("exposure_events_suppressed").getFirst().fields())
        .containsEntry("events", "50");
  }

  @Test
  void driftShowsInTheScanThatSeesIt() {
    log.expect("exposure_drift");
    ExpectedListener ssh =
        new ExpectedListener(
            Optional.of(Protocol.TCP),
            new PortRange(22, 22),
            AddressScope.PUBLIC,
            "",
            "",
            -1,
            false,
            "");
    table.open(tcp("0.0.0.0", 22));
    start(TestConfigs.expecting(List.of(ssh)));
    assertThat(scrape().value(Metric.WATCH_DRIFT, "unexpected")).isZero();
    table.open(tcp("0.0.0.0", 4444));
    ticker.advance(Duration.ofSeconds(2));
    Samples during = scrape();
    assertThat(during.value(Metric.WATCH_DRIFT, "unexpected")).isEqualTo(1);
    assertThat(during.series(Metric.WATCH_DRIFT_LISTENER))
        .containsExactly("unexpected, tcp, 4444, public, program");
    table.close(tcp("0.0.0.0", 4444));
    ticker.advance(Duration.ofSeconds(2));
    Samples after = scrape();
    assertThat(after.value(Metric.WATCH_DRIFT_EVENTS, "unexpected")).isEqualTo(1);
    assertThat(after.series(Metric.WATCH_DRIFT_LISTENER)).isEmpty();
    assertThat(log.events("exposure_drift_resolved").getFirst().fields())
        .containsEntry("lasted", "PT2S");
  }

  @Test
  void withoutAListOnlyTheOwnDriftHasASeries() {
    start();
    assertThat(scrape().series(Metric.WATCH_DRIFT)).containsExactly("self");
  }

  @Test
  void aListenerOfOurOwnThatIsNotIntendedIsAnError() {
    log.expect("exposure_drift");
    ownersByPort.put(41_331, owner("gatehouse", 4242));
    table.open(tcp("0.0.0.0", 41_331));
    start();
    assertThat(log.events("exposure_drift").getFirst().level()).isEqualTo(Level.ERROR);
    assertThat(scrape().value(Metric.WATCH_DRIFT, "self")).isEqualTo(1);
  }

  @Test
  void aFailedUdpQueryLeavesTcpAlone() {
    log.expect("udp_scan_failed");
    table.open(tcp("0.0.0.0", 80), udp("0.0.0.0", 53));
    table.fail(SocketQuery.UDP4_LISTENERS);
    start();
    ticker.advance(Duration.ofSeconds(2));
    Samples samples = scrape();
    assertThat(samples.series(Metric.NETSTAT_LISTENING_PORTS))
        .containsExactly("tcp, 80, ipv4, public, program");
    assertThat(samples.value(Metric.NETSTAT_SCAN_ERRORS, "udp", "ipv4", "netlink")).isEqualTo(2);
    assertThat(samples.value(Metric.NETSTAT_SCAN_ERRORS, "udp", "ipv6", "netlink")).isZero();
    assertThat(log.events("udp_scan_failed")).hasSize(1);
  }

  @Test
  void aFailedTcpQueryClosesNothingAndStopsTheCounts() {
    log.expect("tcp_scan_failed");
    table.open(tcp("0.0.0.0", 80), tcp("::", 81), udp("0.0.0.0", 53));
    start();
    assertThat(scrape().series(Metric.NETSTAT_TCP_CONNECTIONS)).isNotEmpty();
    table.fail(SocketQuery.TCP4_LISTENERS);
    ticker.advance(Duration.ofMinutes(6));
    Samples samples = scrape();
    assertThat(samples.series(Metric.NETSTAT_LISTENING_PORTS))
        .containsExactlyInAnyOrder(
            "tcp, 81, ipv6, public, program", "udp, 53, ipv4, public, program");
    assertThat(samples.series(Metric.NETSTAT_TCP_CONNECTIONS)).isEmpty();
    assertThat(told).isEmpty();
    assertThat(log.events("tcp_scan_failed")).hasSize(1);
  }

  @Test
  void aLastingFailureIsToldHourlyAndItsEndOnce() {
    log.expect("tcp_scan_failed");
    start(TestConfigs.withoutConnections());
    table.fail(SocketQuery.TCP4_LISTENERS);
    for (int minute = 0; minute < 90; minute += 10) {
      ticker.advance(Duration.ofMinutes(10));
      scrape();
    }
    assertThat(log.events("tcp_scan_failed")).hasSize(2);
    table.recover();
    ticker.advance(Duration.ofMinutes(10));
    scrape();
    assertThat(log.events("tcp_scan_recovered")).hasSize(1);
  }

  @Test
  void blindTheWatchSaysNothing() {
    log.expect("tcp_scan_failed");
    log.expect("udp_scan_failed");
    table.open(tcp("0.0.0.0", 80));
    start(TestConfigs.withoutConnections());
    double seen = scrape().value(Metric.NETSTAT_LAST_SCAN_TIMESTAMP_SECONDS);
    table.fail(SocketQuery.values());
    ticker.advance(Duration.ofSeconds(30));
    Samples samples = scrape();
    assertThat(samples.series(Metric.NETSTAT_LISTENING_PORTS)).isEmpty();
    assertThat(samples.series(Metric.NETSTAT_LISTENING_SOCKETS)).isEmpty();
    assertThat(samples.value(Metric.NETSTAT_LAST_SCAN_TIMESTAMP_SECONDS)).isEqualTo(seen);
  }

  @Test
  void aBugIsCountedAndToldOnceAnHour() {
    log.expect("collector_failed");
    start(TestConfigs.withoutConnections());
    table.bug(true);
    for (int i = 0; i < 3; i++) {
      ticker.advance(Duration.ofSeconds(2));
      scrape();
    }
    assertThat(Samples.of(counters).value(Metric.COLLECTOR_SCRAPE_PANICS, "netstat"))
        .isGreaterThanOrEqualTo(3);
    assertThat(log.events("collector_failed")).hasSize(1);
    table.bug(false);
    ticker.advance(Duration.ofSeconds(2));
    assertThat(watch.exposure(false).stale()).isFalse();
  }

  @Test
  void theCapIsToldOnceAndCounted() {
    log.expect("listeners_truncated");
    for (int port = 1; port <= 300; port++) {
      table.open(tcp("127.0.0.1", port));
    }
    start(TestConfigs.withoutConnections());
    for (int scan = 0; scan < 10; scan++) {
      ticker.advance(Duration.ofSeconds(2));
      scrape();
    }
    assertThat(scrape().value(Metric.NETSTAT_SERIES_TRUNCATED, "listening_ports")).isEqualTo(44);
    assertThat(log.events("listeners_truncated"))
        .filteredOn(line -> "listening_ports".equals(line.fields().get("metric")))
        .hasSize(1);
    assertThat(watch.exposure(false).listeners()).hasSize(300);
  }

  @Test
  void connectionsAreCountedForWhoeverAsks() {
    table.open(
        tcp("0.0.0.0", 80),
        tcp("10.0.0.5", 80).state(SocketState.ESTABLISHED).peer("198.51.100.7", 5000));
    start();
    Samples samples = scrape();
    assertThat(samples.value(Metric.NETSTAT_TCP_CONNECTIONS, "ESTABLISHED", "inbound", "public"))
        .isEqualTo(1);
    assertThat(samples.value(Metric.NETSTAT_TCP_CONNECTIONS, "LISTEN", "inbound", "none"))
        .isEqualTo(1);
    assertThat(samples.value(Metric.NETSTAT_TCP_CONNECTIONS_BY_PORT, "80")).isEqualTo(1);
    assertThat(watch.connections()).isPresent();
  }

  @Test
  void nobodyCountsConnectionsThatNobodyReads() {
    Pass pass = new Pass("connections", () -> Duration.ofSeconds(15), true, () -> {});
    assertThat(pass.dueIn(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(pass.read(0)).isTrue();
    assertThat(pass.dueIn(0)).isZero();
    pass.begin(0);
    pass.end();
    assertThat(pass.dueIn(1)).isEqualTo(Duration.ofSeconds(15).toNanos() - 1);
    assertThat(pass.read(1)).isFalse();
    assertThat(pass.dueIn(1 + Pass.PAUSE_AFTER_NANOS)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anIntervalOfZeroWaitsForARequest() {
    Pass pass = new Pass("netstat", () -> Duration.ZERO, false, () -> {});
    assertThat(pass.dueIn(0)).isEqualTo(Long.MAX_VALUE);
    pass.request();
    assertThat(pass.dueIn(0)).isZero();
  }

  @Test
  void theDearSourceIsLeftAlone() {
    log.expect("socket_source_fallback");
    table.source(SocketSource.PROC);
    start(TestConfigs.withoutConnections());
    int before = table.scans();
    ticker.advance(Duration.ofSeconds(9));
    scrape();
    assertThat(table.scans()).isEqualTo(before);
    ticker.advance(Duration.ofMillis(1001));
    Samples samples = scrape();
    assertThat(table.scans()).isGreaterThan(before);
    assertThat(samples.value(Metric.NETSTAT_SOURCE, "proc", "tcp", "ipv4")).isEqualTo(1);
    assertThat(samples.value(Metric.COLLECTOR_CONFIG_WARNINGS, "source_fallback")).isEqualTo(4);
  }

  @Test
  void otherNamespacesAreShownWithTheirLabel() throws Exception {
    namespaces =
        new Reading(List.of(new Namespace("web", List.of(tcp("0.0.0.0", 80).row()), true)), 1);
    start(TestConfigs.namespaces(NamespaceChoice.ALL));
    Await.until("the namespace is read", () -> scrape().value(Metric.NETSTAT_NAMESPACES) == 2);
    ticker.advance(Duration.ofSeconds(2));
    Samples samples = scrape();
    assertThat(samples.series(Metric.NETSTAT_LISTENING_PORTS)).isEmpty();
    assertThat(samples.series(Metric.NETSTAT_LISTENING_SOCKET)).hasSize(1);
    assertThat(watch.exposure(false).listeners().getFirst().binding().netns()).isEqualTo("web");
    assertThat(told).isEmpty();
  }

  @Test
  void moreNamespacesThanAllowedAreToldOnce() throws Exception {
    log.expect("namespaces_truncated");
    namespaces = new Reading(List.of(), 3);
    start(TestConfigs.namespaces(NamespaceChoice.ALL));
    Await.until("the namespaces are read", () -> !log.events("namespaces_truncated").isEmpty());
  }

  @Test
  void withoutUdpNoneIsRead() {
    table.open(tcp("0.0.0.0", 80), udp("0.0.0.0", 53));
    start(TestConfigs.tcpOnly());
    assertThat(ports(watch.exposure(false))).containsExactly(80);
    assertThat(watch.exposure(false).sources()).hasSize(2);
  }

  @Test
  void anotherConfigurationCountsFromTheNextScan() {
    table.open(tcp("0.0.0.0", 80), udp("0.0.0.0", 53));
    start();
    assertThat(ports(watch.exposure(false))).containsExactly(80, 53);
    watch.reconfigure(TestConfigs.tcpOnly());
    ticker.advance(Duration.ofSeconds(2));
    assertThat(ports(watch.exposure(false))).containsExactly(80);
    assertThat(told).isEmpty();
  }

  @Test
  void aCancelledSubscriptionHearsNothing() {
    start();
    List<ExposureEvent> heard = new CopyOnWriteArrayList<>();
    var subscription = watch.subscribe((snapshot, events) -> heard.addAll(events));
    subscription.cancel();
    subscription.cancel();
    table.open(tcp("0.0.0.0", 80));
    ticker.advance(Duration.ofSeconds(2));
    scrape();
    assertThat(heard).isEmpty();
    assertThat(told).hasSize(1);
  }

  @Test
  void noSeriesComesTwice() {
    table.open(tcp("0.0.0.0", 80), tcp("::", 80), udp("0.0.0.0", 53));
    start();
    assertThat(Samples.of(watch).repeated()).isEmpty();
  }

  @Test
  void elsewhereThanOnLinuxTheWatchSaysSoAndNothingElse() {
    supported = false;
    start();
    assertThat(log.events("watch_unsupported")).hasSize(1);
    assertThat(watch.exposure(false).stale()).isTrue();
    assertThat(watch.connections()).isEmpty();
    assertThat(Samples.of(watch).series(Metric.NETSTAT_NAMESPACES)).isEmpty();
    assertThat(table.scans()).isZero();
  }

  @Test
  void inAContainerTheWatchSaysWhatItSees() {
    inContainer = true;
    start();
    assertThat(log.events("watch_in_container")).hasSize(1);
    assertThat(scrape().value(Metric.COLLECTOR_CONFIG_WARNINGS, "in_container")).isEqualTo(1);
  }

  @Test
  void afterTheEndTheLastSnapshotIsStale() throws Exception {
    table.open(tcp("0.0.0.0", 80));
    start();
    watch.close();
    ticker.advance(Duration.ofSeconds(5));
    assertThat(watch.exposure(false).stale()).isTrue();
    assertThat(ports(watch.exposure(false))).containsExactly(80);
  }
}
