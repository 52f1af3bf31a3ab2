package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.boot.Bound;
import dev.gatehouse.app.start.AcceptConnections;
import dev.gatehouse.app.start.Draining;
import dev.gatehouse.app.start.OwnSocketAudit;
import dev.gatehouse.app.start.StateFolder;
import dev.gatehouse.app.start.UnexpectedListeners;
import dev.gatehouse.app.welcome.Welcome;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.control.ControlServer;
import dev.gatehouse.control.ControlSettings;
import dev.gatehouse.control.ServerView;
import dev.gatehouse.control.StatusCalls;
import dev.gatehouse.control.exposure.ExposureMessages;
import dev.gatehouse.control.exposure.WatchCalls;
import dev.gatehouse.control.ops.OpsContent;
import dev.gatehouse.control.ops.OpsListener;
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
import dev.gatehouse.net.firewall.CountryLookup;
import dev.gatehouse.net.firewall.RuleFirewall;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.proxy.Proxy;
import dev.gatehouse.proxy.Surroundings;
import dev.gatehouse.watch.collector.CollectorTimings;
import dev.gatehouse.watch.drift.IntendedListener;
import dev.gatehouse.watch.host.HostCollectors;
import dev.gatehouse.watch.host.HostSources;
import dev.gatehouse.watch.scan.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The daemon: every part, made and joined here and nowhere else.
 *
 * <p>Reads top to bottom as what depends on what. The parts start in the order of {@link #parts}:
 * ports are bound before the audit, the audit passes before anybody is let in, and all of it ends
 * in reverse.
 */
final class Gatehouse implements ServerView {

  private static final String OPS = "ops";
  private static final String WATCH = "watch";

  /** For everything else to end, once the time for connections is over. */
  private static final Duration AFTER_DRAIN = Duration.ofMillis(1500);

  /** For calls in progress; a stream of an operator who watches has no end of its own. */
  private static final Duration CONTROL_CLOSE = Duration.ofMillis(500);

  /** For the last lines of the access log. */
  private static final Duration ACCESS_LOG_CLOSE = Duration.ofSeconds(1);

  /** The descriptors of a connection that is passed on: its own, and that to its backend. */
  private static final int PASSED_ON = 2;

  private final GatehouseConfig config;
  private final BootReport report;
  private final Ticker ticker;
  private final long startedNanos;
  private final EventCounters counters = new EventCounters();
  private final CompletableFuture<Integer> failure = new CompletableFuture<>();
  private final EventLoops loops;
  private final AccessLog accessLog;
  private final DescriptorBudget descriptors = DescriptorBudget.ofProcess();
  private final Optional<CountryDatabase> countries;
  private final RuleFirewall firewall;
  private final Admission admission;
  private final Optional<Proxy> proxy;
  private final Optional<Welcome> welcome;
  private final Optional<Watch> watch;
  private final Optional<HostCollectors> host;
  private final CollectorTimings timings;
  private final UnexpectedListeners unexpected;
  private final Optional<OpsListener> ops;
  private final Optional<ControlServer> control;
  private final LifeCycle parts;
  private volatile ServiceState state = ServiceState.STARTING;

  Gatehouse(GatehouseConfig config, BootReport report, Ticker ticker) {
    this.config = config;
    this.report = report;
    this.ticker = ticker;
    startedNanos = ticker.nanos();
    loops = new EventLoops(config.ops().transport());
    accessLog = new AccessLog(ACCESS_LOG_CLOSE, counters);
    countries = config.firewall().geoip().map(this::newCountryDatabase);
    firewall = newFirewall();
    admission = newAdmission();
    timings = new CollectorTimings(ticker, counters);
    proxy = config.proxyOn() ? Optional.of(newProxy()) : Optional.empty();
    welcome = config.welcome().listen().map(this::newWelcome);
    watch = config.watchOn() ? Optional.of(newWatch()) : Optional.empty();
    host = config.watchOn() ? Optional.of(newHostCollectors()) : Optional.empty();
    unexpected = newUnexpectedListeners();
    ops = config.ops().listen().map(this::newOpsListener);
    control = config.ops().control().map(this::newControlServer);
    parts =
        new LifeCycle(
            "gatehouse", parts(), config.ops().shutdownTimeout().plus(AFTER_DRAIN), ticker);
  }

  /**
   * Starts everything and returns when it serves.
   *
   * @throws LifeCycleException with the part's own failure as its cause; nothing is left behind
   */
  void start() throws LifeCycleException {
    StartLog.starting(version());
    parts.start();
    state = ServiceState.SERVING;
    StartLog.ready(uptime(), listeners());
  }

  /** Drains and stops everything within {@code ops.shutdown_timeout}. */
  void close() throws LifeCycleException, InterruptedException {
    state = ServiceState.DRAINING;
    parts.close();
  }

  /** Completes with an exit code when a part fails that the daemon cannot be without. */
  CompletableFuture<Integer> failure() {
    return failure;
  }

  private List<Part> parts() {
    List<Part> inOrder = new ArrayList<>();
    inOrder.add(new StateFolder(config.ops().state()));
    inOrder.add(accessLog);
    countries.ifPresent(inOrder::add);
    inOrder.add(loops);
    ops.ifPresent(inOrder::add);
    welcome.ifPresent(inOrder::add);
    proxy.ifPresent(inOrder::add);
    inOrder.add(new OwnSocketAudit(this::intendedSockets, config.ops().production()));
    watch.ifPresent(inOrder::add);
    host.ifPresent(inOrder::add);
    inOrder.add(unexpected);
    control.ifPresent(inOrder::add);
    inOrder.add(new Draining(proxy));
    inOrder.add(new AcceptConnections(sockets()));
    return inOrder;
  }

  private CountryDatabase newCountryDatabase(Path file) {
    return new CountryDatabase(file, config.firewall().geoipPollInterval(), counters);
  }

  private RuleFirewall newFirewall() {
    CountryLookup lookup = countries.isPresent() ? countries.get() : CountryLookup.NONE;
    RuleFirewall made = new RuleFirewall(lookup, ticker, counters);
    made.rules(config.firewall().rules());
    made.rate(config.firewall().rate());
    return made;
  }

  /** Of every listener for strangers; operators come in whatever strangers do. */
  private Admission newAdmission() {
    ConnectionLimit held = new ConnectionLimit(config.firewall().maxConnectionsPerAddress());
    return new Admission(Admission.AddressLimit.of(held), firewall, descriptors, 1);
  }

  private Proxy newProxy() {
    Surroundings around =
        new Surroundings(
            loops,
            admission.costing(PASSED_ON),
            accessLog,
            counters,
            ticker,
            config.ops().shutdownTimeout());
    return new Proxy(config.proxy(), around, this::listenerFailed);
  }

  private Welcome newWelcome(Endpoint endpoint) {
    return new Welcome(
        endpoint,
        config.ops().state().resolve("certs"),
        loops,
        counters,
        ticker,
        this::listenerFailed);
  }

  private Watch newWatch() {
    return Watch.ofHost(config.watch(), ticker, counters, this::intendedListeners);
  }

  private HostCollectors newHostCollectors() {
    return new HostCollectors(
        config.host(),
        HostSources.ofThisHost(version()),
        config.watch().scanTimeout(),
        ticker,
        timings);
  }

  /** Where the watch runs, each of its scans is the second look; else a clock takes it. */
  private UnexpectedListeners newUnexpectedListeners() {
    return watch.isPresent()
        ? UnexpectedListeners.seenBy(watch.get())
        : UnexpectedListeners.every(config.ops().exposureRecheck(), this::intendedSockets);
  }

  private OpsListener newOpsListener(Endpoint endpoint) {
    OpsContent content = new OpsContent(this, watch.orElse(null), metrics(), List.of());
    return new OpsListener(
        endpoint, config.ops(), content, loops, counters, ticker, this::listenerFailed);
  }

  private List<MetricSource> metrics() {
    List<MetricSource> sources = new ArrayList<>();
    sources.addAll(List.of(report, unexpected, timings, firewall, descriptors));
    countries.ifPresent(sources::add);
    proxy.ifPresent(sources::add);
    watch.ifPresent(sources::add);
    host.ifPresent(sources::add);
    return sources;
  }

  private ControlServer newControlServer(Path socket) {
    ExposureMessages messages = new ExposureMessages(HostName.current(), ticker);
    return new ControlServer(
        new ControlSettings(socket, config.ops().controlMode(), "", CONTROL_CLOSE),
        List.of(new StatusCalls(this), new WatchCalls(watch.orElse(null), messages)));
  }

  /** The sockets for strangers, of whichever service. */
  private List<Listener> sockets() {
    List<Listener> all = new ArrayList<>();
    ops.ifPresent(part -> all.add(part.listener()));
    welcome.ifPresent(part -> all.add(part.listener()));
    proxy.ifPresent(part -> all.addAll(part.listeners()));
    return all;
  }

  private Set<Bound> intendedSockets() {
    return sockets().stream()
        .map(Listener::boundAddress)
        .map(bound -> new Bound(Protocol.TCP, bound.address(), bound.port()))
        .collect(Collectors.toSet());
  }

  private Set<IntendedListener> intendedListeners() {
    return sockets().stream()
        .map(
            listener ->
                new IntendedListener(
                    Protocol.TCP,
                    listener.boundAddress().address(),
                    listener.boundAddress().port(),
                    listener.settings().service()))
        .collect(Collectors.toSet());
  }

  private void listenerFailed(Listener listener, Throwable cause) {
    state = ServiceState.FAILED;
    StartLog.listenerFailed(listener.name(), cause);
    failure.complete(Cli.FAILED);
  }

  @Override
  public String version() {
    return Version.current();
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(ticker.nanos() - startedNanos);
  }

  @Override
  public List<Service> services() {
    ServiceState opsState = ops.isPresent() ? state : ServiceState.OFF;
    ServiceState proxyState = proxy.isPresent() ? state : ServiceState.OFF;
    ServiceState watchState = watch.isPresent() ? state : ServiceState.OFF;
    return List.of(
        new Service(OPS, opsState, waitingFor(opsState)),
        new Service(Proxy.SERVICE, proxyState, waitingFor(proxyState)),
        new Service(WATCH, watchState, waitingFor(watchState)));
  }

  private static List<String> waitingFor(ServiceState state) {
    return switch (state) {
      case STARTING -> List.of("start");
      case DRAINING -> List.of("draining");
      case FAILED -> List.of("failed");
      case OFF, SERVING -> List.of();
    };
  }

  @Override
  public List<Listening> listeners() {
    List<Listening> all = new ArrayList<>();
    for (Listener socket : sockets()) {
      all.add(new Listening(socket.settings().service(), "tcp", socket.boundAddress().toString()));
    }
    config.ops().control().ifPresent(path -> all.add(new Listening(OPS, "unix", path.toString())));
    return all;
  }
}
