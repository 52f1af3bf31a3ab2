package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.edge.EdgeConnections;
import dev.gatehouse.app.edge.EdgePublication;
import dev.gatehouse.app.edge.EdgeStore;
import dev.gatehouse.app.edge.OwnCertificate;
import dev.gatehouse.app.operation.ConfigSupply;
import dev.gatehouse.app.operation.DrainedService;
import dev.gatehouse.app.operation.Drains;
import dev.gatehouse.app.operation.LiveSettings;
import dev.gatehouse.app.operation.Operations;
import dev.gatehouse.app.relay.RelayService;
import dev.gatehouse.app.start.AcceptConnections;
import dev.gatehouse.app.start.DrainDelay;
import dev.gatehouse.app.start.Draining;
import dev.gatehouse.app.start.HostName;
import dev.gatehouse.app.start.OwnSocketAudit;
import dev.gatehouse.app.start.UnexpectedListeners;
import dev.gatehouse.app.tracker.TrackerService;
import dev.gatehouse.app.welcome.Welcome;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.control.ControlServer;
import dev.gatehouse.control.ControlSettings;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.control.call.ConfigRefusedException;
import dev.gatehouse.control.daemon.DaemonCalls;
import dev.gatehouse.control.daemon.StatusMessages;
import dev.gatehouse.control.exposure.ExposureMessages;
import dev.gatehouse.control.exposure.WatchCalls;
import dev.gatehouse.control.firewall.FirewallCalls;
import dev.gatehouse.control.ops.OpsContent;
import dev.gatehouse.control.ops.OpsListener;
import dev.gatehouse.control.ops.page.Route;
import dev.gatehouse.control.proxy.ProxyCalls;
import dev.gatehouse.control.relay.RelayCalls;
import dev.gatehouse.control.tracker.TrackerCalls;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.lifecycle.LifeCycle;
import dev.gatehouse.kernel.lifecycle.LifeCycleException;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import dev.gatehouse.kernel.limit.ConnectionLimit;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.accesslog.AccessLog;
import dev.gatehouse.net.descriptor.DescriptorBudget;
import dev.gatehouse.net.firewall.CountryDatabase;
import dev.gatehouse.net.firewall.RuleFirewall;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.proxy.Proxy;
import dev.gatehouse.proxy.RoutingWriter;
import dev.gatehouse.proxy.Surroundings;
import dev.gatehouse.proxy.ruleset.Drift;
import dev.gatehouse.proxy.ruleset.Editing;
import dev.gatehouse.relay.Relay;
import dev.gatehouse.tracker.Tracker;
import dev.gatehouse.watch.collector.CollectorTimings;
import dev.gatehouse.watch.host.HostCollectors;
import dev.gatehouse.watch.host.HostSources;
import dev.gatehouse.watch.scan.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The daemon: every part, made and joined here and nowhere else.
 *
 * <p>Reads top to bottom as what depends on what. The parts start in the order of {@link #parts}:
 * ports are bound before the audit, the audit passes before anybody is let in, and all of it ends
 * in reverse.
 */
final class Gatehouse {

  /** For everything else to end, once the time for connections is over. */
  private static final Duration AFTER_DRAIN = Duration.ofMillis(1500);

  /** For calls in progress; a stream of an operator who watches has no end of its own. */
  private static final Duration CONTROL_CLOSE = Duration.ofSeconds(1);

  /** For the last lines of the access log. */
  private static final Duration ACCESS_LOG_CLOSE = Duration.ofSeconds(1);

  /** The descriptors of a connection that is passed on: its own, and that to its backend. */
  private static final int PASSED_ON = 2;

  private final GatehouseConfig config;
  private final BootReport report;
  private final Ticker ticker;
  private final EdgeStore edge;
  private final Status status;
  private final EventCounters counters;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final EventLoops loops;
  private final AccessLog accessLog;
  private final DescriptorBudget descriptors = DescriptorBudget.ofProcess();
  private final CountryDatabase countries;
  private final RuleFirewall firewall;
  private final ConnectionLimit held;
  private final Admission admission;
  private final Optional<Proxy> proxy;
  private final Optional<RelayService> relay;
  private final Optional<TrackerService> tracker;
  private final RoutingWriter writer;
  private final Drift drift;
  private final LiveSettings live;
  private final DrainDelay delay;
  private final Drains drains;
  private final Operations operations;
  private final Optional<Welcome> welcome;
  private final Optional<Watch> watch;
  private final Optional<HostCollectors> host;
  private final CollectorTimings timings;
  private final UnexpectedListeners unexpected;
  private final Optional<OpsListener> ops;
  private final Optional<ControlServer> control;
  private final Ports ports;
  private final LifeCycle parts;

  /**
   * @param supply to read the configuration from again
   */
  Gatehouse(
      Loaded<GatehouseConfig> loaded,
      ConfigSupply supply,
      EdgeStore edge,
      BootReport report,
      Ticker ticker) {
    config = loaded.value();
    this.edge = edge;
    this.report = report;
    this.ticker = ticker;
    counters = new EventCounters(config.ops().silentHistograms());
    status = newStatus();
    status.warns(loaded.warnings());
    loops = new EventLoops(config.ops().transport());
    accessLog = new AccessLog(ACCESS_LOG_CLOSE, counters);
    countries = newCountries();
    firewall = newFirewall();
    held = new ConnectionLimit(config.firewall().maxConnectionsPerAddress());
    admission = new Admission(Admission.AddressLimit.of(held), firewall, descriptors, 1);
    timings = new CollectorTimings(ticker, counters);
    proxy = config.proxyOn() ? Optional.of(newProxy()) : Optional.empty();
    relay = config.relayOn() ? Optional.of(newRelay()) : Optional.empty();
    tracker = config.trackerOn() ? Optional.of(newTracker()) : Optional.empty();
    writer = newWriter();
    drift = new Drift(writer::ruleset, edge.inFile());
    Optional<Relay> told = relay.map(RelayService::relay);
    Optional<Tracker> asked = tracker.map(TrackerService::tracker);
    live = new LiveSettings(config, proxy, told, asked, firewall, countries, held);
    delay = new DrainDelay(live::drainDelay, ticker);
    drains = new Drains(drained(), status::becomes, delay, () -> ended.complete(Cli.OK));
    operations = new Operations(supply, loaded, live, writer, drift, drains);
    welcome = config.welcome().listen().map(this::newWelcome);
    watch = config.watchOn() ? Optional.of(newWatch()) : Optional.empty();
    host = config.watchOn() ? Optional.of(newHostCollectors()) : Optional.empty();
    unexpected =
        UnexpectedListeners.of(
            watch, config.ops().exposureRecheck(), () -> Gatehouse.this.ports.bound());
    ops = config.ops().listen().map(this::newOpsListener);
    control = config.ops().control().map(this::newControlServer);
    ports = new Ports(ops, welcome, proxy, relay, tracker);
    nameServices();
    parts =
        new LifeCycle("gatehouse", parts(), () -> live.longestDrain().plus(AFTER_DRAIN), ticker);
  }

  /**
   * Starts everything and returns when it serves.
   *
   * @throws LifeCycleException with the part's own failure as its cause; nothing is left behind
   */
  void start() throws LifeCycleException {
    StartLog.starting(Version.current(), relay.map(RelayService::startFields).orElseGet(Map::of));
    config.ops().listen().ifPresent(StartLog::startingMetricsListener);
    StartLog.drift(drift.changes());
    parts.start();
    status.becomes(ServiceState.SERVING);
    StartLog.ready(status.uptime(), status.listeners());
  }

  /** Drains and stops everything within {@code ops.shutdown_timeout}, after the delay. */
  void close() throws LifeCycleException, InterruptedException {
    status.becomes(ServiceState.DRAINING);
    parts.close();
  }

  /** Completes with an exit code when the daemon is to end: it was asked to, or a part failed. */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  /** What it says of itself. */
  Status status() {
    return status;
  }

  /** How long it may take until no connection is left. */
  Duration longestDrain() {
    return live.longestDrain();
  }

  /** Follows the configuration file as it is now; what is wrong with it is in the log. */
  void reload() {
    try {
      operations.reload();
    } catch (ConfigRefusedException e) {
      // it has been told, and nobody waits for an answer
    }
  }

  /** Nobody gets any more time to finish. */
  void hurry() {
    delay.hurry();
    ports.listeners().forEach(socket -> socket.reset(anybody -> true));
  }

  private List<Part> parts() {
    List<Part> inOrder = new ArrayList<>();
    inOrder.add(accessLog);
    inOrder.add(countries);
    inOrder.add(writer);
    inOrder.add(loops);
    ops.ifPresent(inOrder::add);
    inOrder.add(new OwnCertificate(certificates(), writer::ruleset, ticker));
    welcome.ifPresent(inOrder::add);
    proxy.ifPresent(inOrder::add);
    relay.ifPresent(service -> inOrder.addAll(service.parts()));
    tracker.ifPresent(service -> inOrder.addAll(service.parts()));
    inOrder.add(new OwnSocketAudit(() -> ports.bound(), config.ops().production()));
    watch.ifPresent(inOrder::add);
    host.ifPresent(inOrder::add);
    inOrder.add(unexpected);
    control.ifPresent(inOrder::add);
    inOrder.add(new Draining(() -> drains.everything(live.shutdownTimeout())));
    inOrder.add(new AcceptConnections(() -> ports.entrances()));
    relay.ifPresent(service -> inOrder.addAll(service.whileServing()));
    inOrder.add(delay);
    return inOrder;
  }

  private Status newStatus() {
    return new Status(
        ticker,
        () -> ports.shown(config.ops().control()),
        () -> drift.changes().size(),
        () -> countries.built(),
        () -> NextExpiry.among(proxy));
  }

  private void nameServices() {
    status.has("ops", ops.isPresent());
    status.has(Proxy.SERVICE, proxy.isPresent());
    status.has(
        Relay.SERVICE, relay.isPresent(), () -> relay.map(RelayService::lacks).orElseGet(List::of));
    status.has(Tracker.SERVICE, tracker.isPresent());
    status.has("watch", watch.isPresent());
  }

  private CountryDatabase newCountries() {
    return new CountryDatabase(
        config.firewall().geoip(), config.firewall().geoipPollInterval(), counters);
  }

  private RuleFirewall newFirewall() {
    RuleFirewall made = new RuleFirewall(countries, ticker, counters);
    made.rules(edge.inForce().firewall());
    made.rate(config.firewall().rate());
    return made;
  }

  private RoutingWriter newWriter() {
    EdgePublication publication = new EdgePublication(Preflight.fence(config), firewall, proxy);
    return new RoutingWriter(
        edge.store(), edge.inForce(), this::editing, publication, ticker, counters);
  }

  private Editing editing() {
    return new Editing(config.ops().listen().stream().toList(), countries.isLoaded());
  }

  private Proxy newProxy() {
    Surroundings around =
        new Surroundings(
            loops,
            admission.costing(PASSED_ON),
            accessLog,
            counters,
            ticker,
            config.ops().shutdownTimeout(),
            config.ops().production());
    return new Proxy(
        config.proxy().settings(), edge.inForce().listeners(), around, this::listenerFailed);
  }

  private RelayService newRelay() {
    return RelayService.of(
        config,
        new RelayService.Shared(
            loops, admission, counters, ticker, Version.current(), this::listenerFailed));
  }

  private TrackerService newTracker() {
    return TrackerService.of(
        config, new TrackerService.Shared(loops, admission, counters, ticker, this::portFailed));
  }

  private List<DrainedService> drained() {
    return Stream.of(proxy.map(DrainedService.OfProxy::new), relay, tracker)
        .<DrainedService>flatMap(Optional::stream)
        .toList();
  }

  private Path certificates() {
    return config.ops().state().toAbsolutePath().normalize().resolve(GatehouseConfig.CERTIFICATES);
  }

  private Welcome newWelcome(Endpoint endpoint) {
    return new Welcome(endpoint, certificates(), loops, counters, ticker, this::listenerFailed);
  }

  private Watch newWatch() {
    return Watch.ofHost(config.watch(), ticker, counters, () -> ports.intended());
  }

  private HostCollectors newHostCollectors() {
    return new HostCollectors(
        config.host(),
        HostSources.ofThisHost(Version.current()),
        config.watch().scanTimeout(),
        ticker,
        timings);
  }

  private OpsListener newOpsListener(Endpoint endpoint) {
    List<Route> views = tracker.map(TrackerService::views).orElseGet(List::of);
    OpsContent content = new OpsContent(status, watch.orElse(null), metrics(), views);
    return new OpsListener(
        endpoint, config.ops(), content, loops, counters, ticker, this::listenerFailed);
  }

  private List<MetricSource> metrics() {
    List<MetricSource> sources = new ArrayList<>();
    sources.addAll(List.of(report, unexpected, timings, firewall, countries, descriptors, drift));
    proxy.ifPresent(sources::add);
    relay.ifPresent(service -> sources.addAll(service.metrics()));
    tracker.ifPresent(service -> sources.addAll(service.metrics()));
    watch.ifPresent(sources::add);
    host.ifPresent(sources::add);
    return sources;
  }

  private ControlServer newControlServer(Path socket) {
    Audit audit = new Audit();
    ExposureMessages exposure = new ExposureMessages(HostName.current(), ticker);
    ControlSettings settings =
        new ControlSettings(
            socket, config.ops().controlMode(), config.ops().controlGroup(), CONTROL_CLOSE);
    return new ControlServer(
        settings,
        List.of(
            new DaemonCalls(
                new StatusMessages(status, proxy.orElse(null), counters),
                operations,
                audit,
                ticker),
            new ProxyCalls(writer, proxy.orElse(null), audit),
            new FirewallCalls(
                writer, firewall, countries, new EdgeConnections(() -> ports.listeners()), audit),
            new RelayCalls(relay.map(RelayService::relay).orElse(null), audit, ticker),
            new TrackerCalls(tracker.map(TrackerService::tracker).orElse(null), audit, ticker),
            new WatchCalls(watch.orElse(null), exposure)),
        counters);
  }

  private void listenerFailed(Listener listener, Throwable cause) {
    portFailed(listener.name(), cause);
  }

  private void portFailed(String name, Throwable cause) {
    status.becomes(ServiceState.FAILED);
    StartLog.listenerFailed(name, cause);
    ended.complete(Cli.FAILED);
  }
}
