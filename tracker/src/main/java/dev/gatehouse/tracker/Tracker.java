package dev.gatehouse.tracker;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.tracker.config.HttpFrontendConfig;
import dev.gatehouse.tracker.config.LimitRules;
import dev.gatehouse.tracker.config.StorageRules;
import dev.gatehouse.tracker.config.TrackerConfig;
import dev.gatehouse.tracker.config.UdpFrontendConfig;
import dev.gatehouse.tracker.flow.Logic;
import dev.gatehouse.tracker.flow.PendingWrites;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.flow.Totals;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookChain;
import dev.gatehouse.tracker.hook.HookChain.Position;
import dev.gatehouse.tracker.http.HttpFrontend;
import dev.gatehouse.tracker.http.StatsPage;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.Collected;
import dev.gatehouse.tracker.storage.Collector;
import dev.gatehouse.tracker.storage.MemoryKeyValues;
import dev.gatehouse.tracker.storage.MemoryStore;
import dev.gatehouse.tracker.swarm.SwarmCounts;
import dev.gatehouse.tracker.swarm.Swarms;
import dev.gatehouse.tracker.udp.UdpFrontend;
import dev.gatehouse.wire.tracker.InfoHash;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The tracker: its swarms, the hooks around every request, and its ports.
 *
 * <p>{@link #start} binds every port with reading off, so that what the process listens on can be
 * checked before {@link #accept}.
 */
public final class Tracker implements Part, MetricSource, TrackerAdmin {

  /** The word for this service in metrics, status and logs. */
  public static final String SERVICE = "tracker";

  /** Addresses that are remembered for how often they ask. */
  private static final int LIMITED_ADDRESSES = 1 << 16;

  /** What a peer takes in memory at most, its share of all tables included. */
  private static final int BYTES_PER_PEER = 256;

  private static final long PING_SECONDS = 2;

  private final TrackerConfig config;
  private final Surroundings around;
  private final MemoryStore store;
  private final OperatorRules operators;
  private final MemoryKeyValues values = new MemoryKeyValues();
  private final Collector collector;
  private final Totals totals = new Totals();
  private final Rates rates;
  private final Optional<SlidingWindow> requests;
  private final PendingWrites pending;
  private final List<Hook> preHooks;
  private final List<Hook> postHooks;
  private final List<HttpFrontend> http;
  private final List<UdpFrontend> udp;
  private final long startedNanos;
  private final Deque<Part> started = new ArrayDeque<>();

  /**
   * A tracker that is not bound yet.
   *
   * @param certificates where those of ports for HTTPS are put, which the caller starts and closes
   * @param operators what operators decide, which starts and ends with the tracker
   * @param failed is told the name of a port that ends without having been asked to, and why
   */
  public Tracker(
      TrackerConfig config,
      CertificateStore certificates,
      OperatorRules operators,
      Surroundings around,
      BiConsumer<String, Throwable> failed) {
    this.operators = operators;
    this.config = config;
    this.around = around;
    startedNanos = around.ticker().nanos();
    store = new MemoryStore(swarms(config, around), around.ticker());
    StorageRules storage = config.storage();
    collector = new Collector(store, storage.collectEvery(), around.ticker(), around.counters());
    rates = new Rates(totals, storage.countEvery(), around.ticker());
    requests = requests(config.limits(), around);
    pending = new PendingWrites(config.announces().maxPendingWrites(), around.counters());
    Rejections rejections = new Rejections(config.announces().failureName());
    Hooks hooks = new Hooks(rejections, values, operators, around);
    preHooks = hooks.of(config.preHooks());
    postHooks = hooks.of(config.postHooks());
    Logic logic = logic(rejections);
    http = config.http().stream().map(each -> http(each, logic, certificates, failed)).toList();
    udp = config.udp().stream().map(each -> udp(each, logic, failed)).toList();
  }

  private HttpFrontend http(
      HttpFrontendConfig port,
      Logic logic,
      CertificateStore certificates,
      BiConsumer<String, Throwable> failed) {
    return new HttpFrontend(
        port,
        logic,
        new HttpFrontend.Pages(stats(), this::healthy, config.limits().retryIn()),
        certificates,
        around,
        (listener, cause) -> failed.accept(listener.name(), cause));
  }

  private UdpFrontend udp(
      UdpFrontendConfig port, Logic logic, BiConsumer<String, Throwable> failed) {
    return new UdpFrontend(
        port, config.limits(), logic, around, (ended, cause) -> failed.accept(ended.name(), cause));
  }

  private static Swarms swarms(TrackerConfig config, Surroundings around) {
    int configured = config.limits().maxPeers();
    long byMemory = Runtime.getRuntime().maxMemory() / BYTES_PER_PEER;
    return new Swarms(
        new Swarms.Settings(
            config.storage().shards(),
            Math.toIntExact(config.storage().peerLifetime().toSeconds()),
            configured == 0 ? (int) Math.min(byMemory, Integer.MAX_VALUE) : configured,
            config.limits().maxPeersPerSwarm()),
        around.entropy());
  }

  private static Optional<SlidingWindow> requests(LimitRules limits, Surroundings around) {
    return limits.requests() == 0
        ? Optional.empty()
        : Optional.of(
            new SlidingWindow(
                limits.requests(),
                limits.requestWindow(),
                LIMITED_ADDRESSES,
                around.ticker().nanos()));
  }

  private Logic logic(Rejections rejections) {
    return new Logic(
        config.announces(),
        rejections,
        operators,
        store,
        new HookChain(preHooks, Position.PRE, around.counters()),
        new HookChain(postHooks, Position.POST, around.counters()),
        requests,
        pending,
        totals,
        around.ticker());
  }

  @Override
  public String name() {
    return SERVICE;
  }

  /**
   * Starts hooks, whose lists are whole then, and binds every port or none.
   *
   * @throws dev.gatehouse.net.listen.ListenException if an address cannot be bound
   */
  @Override
  public void start() throws Exception {
    List<Part> parts = new ArrayList<>(List.of(operators, collector, rates));
    parts.addAll(preHooks);
    parts.addAll(postHooks);
    parts.addAll(http);
    parts.addAll(udp);
    try {
      for (Part part : parts) {
        part.start();
        started.push(part);
      }
    } catch (Exception failure) {
      closeStarted().forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /** The latest first; what went wrong does not keep the others from being closed. */
  private List<Exception> closeStarted() {
    List<Exception> failures = new ArrayList<>();
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failure) {
        failures.add(failure);
      }
    }
    return failures;
  }

  /** The TCP sockets, to be audited. */
  public List<Listener> sockets() {
    return http.stream().map(HttpFrontend::listener).toList();
  }

  /** The addresses of all UDP sockets, to be audited. */
  public List<Endpoint> datagramAddresses() {
    return udp.stream().flatMap(port -> port.boundAddresses().stream()).toList();
  }

  /** Takes connections and datagrams; what has queued meanwhile is served. */
  public void accept() {
    http.forEach(HttpFrontend::accept);
    udp.forEach(UdpFrontend::accept);
  }

  /** Takes nothing new; answers that are late are still sent. */
  public void stopAccepting() throws InterruptedException {
    sockets().forEach(Listener::stopAccepting);
    for (UdpFrontend port : udp) {
      port.stop();
    }
  }

  /**
   * Takes nothing new and lets all that has begun finish.
   *
   * @return how many connections had to be reset when the time was over
   */
  public int drain(Duration time) throws InterruptedException {
    for (UdpFrontend port : udp) {
      port.stop();
    }
    List<Thread> drains = new ArrayList<>();
    int[] forced = new int[http.size()];
    for (int i = 0; i < forced.length; i++) {
      int position = i;
      Listener listener = http.get(i).listener();
      drains.add(Thread.ofVirtual().start(() -> forced[position] = listener.drain(time)));
    }
    for (Thread drain : drains) {
      drain.join();
    }
    return Arrays.stream(forced).sum();
  }

  @Override
  public void close() throws Exception {
    drain(around.drain());
    List<Exception> failures = closeStarted();
    store.close();
    values.close();
    if (!failures.isEmpty()) {
      Exception failure = new IllegalStateException(SERVICE + ": not closed cleanly");
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /** The same for people and tools, at the paths of those who know them. */
  public StatsPage stats() {
    return new StatsPages(this::view);
  }

  @Override
  public OperatorRules operators() {
    return operators;
  }

  @Override
  public TrackerView view() {
    Rates.Rate rate = rates.rate();
    return new TrackerView(
        Duration.ofNanos(around.ticker().nanos() - startedNanos),
        store.counts(),
        totals.announces(),
        totals.scrapes(),
        rate.announces(),
        rate.scrapes(),
        ports(),
        preHooks.stream().map(Hook::name).toList(),
        postHooks.stream().map(Hook::name).toList(),
        collector.last());
  }

  private List<TrackerView.Port> ports() {
    Stream<TrackerView.Port> overTcp =
        http.stream().map(port -> new TrackerView.Port(port.protocol(), port.address()));
    Stream<TrackerView.Port> overUdp =
        datagramAddresses().stream().map(address -> new TrackerView.Port("udp", address));
    return Stream.concat(overTcp, overUdp).toList();
  }

  /** Whether hooks and store can do their work; whoever does not say so in time cannot. */
  private CompletionStage<Boolean> healthy() {
    CompletableFuture<?>[] pings =
        Stream.concat(Stream.of(store.ping()), preHooks.stream().map(Hook::ping))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(pings)
        .orTimeout(PING_SECONDS, TimeUnit.SECONDS)
        .handle((_, failure) -> failure == null);
  }

  @Override
  public TrackerView.SwarmView swarm(InfoHash torrent) {
    Scrape scrape = new Scrape();
    scrape.add(torrent);
    store.scrape(scrape).toCompletableFuture().join();
    return new TrackerView.SwarmView(scrape.seeders(0), scrape.leechers(0), scrape.snatches(0));
  }

  @Override
  public Collected collect() {
    return collector.collect();
  }

  @Override
  public void collect(MetricSink sink) {
    http.forEach(port -> port.collect(sink));
    udp.forEach(port -> port.collect(sink));
    collector.collect(sink);
    pending.collect(sink);
    operators.collect(sink);
    Stream.concat(preHooks.stream(), postHooks.stream())
        .filter(MetricSource.class::isInstance)
        .forEach(hook -> ((MetricSource) hook).collect(sink));
    requests.ifPresent(
        table -> sink.sample(Metric.TRACKER_THROTTLED_ADDRESSES, table.tracked(), "request"));
    if (config.storage().countEvery().isPositive()) {
      collect(sink, store.counts());
    }
  }

  private static void collect(MetricSink sink, SwarmCounts counts) {
    sink.sample(Metric.TRACKER_STORAGE_INFOHASHES_COUNT, (double) counts.swarms());
    sink.sample(Metric.TRACKER_STORAGE_SEEDERS_COUNT, (double) counts.seeders());
    sink.sample(Metric.TRACKER_STORAGE_LEECHERS_COUNT, (double) counts.leechers());
    sink.sample(Metric.TRACKER_STORAGE_PEERS, (double) counts.ipv4Peers(), "IPv4");
    sink.sample(Metric.TRACKER_STORAGE_PEERS, (double) counts.ipv6Peers(), "IPv6");
    sink.sample(Metric.TRACKER_STORAGE_DOWNLOADS, (double) counts.snatches());
    sink.sample(Metric.TRACKER_STORAGE_REJECTED, (double) counts.refused(), "full");
    sink.sample(Metric.TRACKER_STORAGE_REJECTED, (double) counts.evicted(), "swarm_full");
  }
}
