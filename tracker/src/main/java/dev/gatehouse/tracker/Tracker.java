package dev.gatehouse.tracker;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.tracker.config.LimitRules;
import dev.gatehouse.tracker.config.StorageRules;
import dev.gatehouse.tracker.config.TrackerConfig;
import dev.gatehouse.tracker.flow.Logic;
import dev.gatehouse.tracker.flow.PendingWrites;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.flow.Totals;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookChain.Position;
import dev.gatehouse.tracker.http.HttpFrontend;
import dev.gatehouse.tracker.http.StatsPage;
import dev.gatehouse.tracker.probe.Probe;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.Collected;
import dev.gatehouse.tracker.storage.Collector;
import dev.gatehouse.tracker.storage.MemoryStore;
import dev.gatehouse.tracker.swarm.Swarms;
import dev.gatehouse.wire.tracker.InfoHash;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tracker: its swarms, the hooks around every request, and its ports.
 *
 * <p>{@link #start} binds every port with reading off, so that what the process listens on can be
 * checked before {@link #accept}.
 */
public final class Tracker implements Part, MetricSource, TrackerAdmin {

  /** The word for this service in metrics, status and logs. */
  public static final String SERVICE = "tracker";

  private static final Logger log = LoggerFactory.getLogger(Tracker.class);

  /** Addresses that are remembered for how often they ask. */
  private static final int LIMITED_ADDRESSES = 1 << 16;

  /** What a peer takes in memory at most, its share of all tables included. */
  private static final int BYTES_PER_PEER = 256;

  private static final long PING_SECONDS = 2;

  private final Surroundings around;
  private final CertificateStore certificates;
  private final MemoryStore store;
  private final OperatorRules operators;
  private final Collector collector;
  private final Totals totals = new Totals();
  private final Rates rates;
  private final PendingWrites pending;
  private final Complaints complaints;
  private final Throttling throttling;
  private final Ports ports;
  private final Probe probe;
  private final long startedNanos;
  private final Deque<Part> started = new ArrayDeque<>();
  private volatile TrackerConfig config;
  private volatile HookSet hooks;
  private volatile Optional<SlidingWindow> requests;

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
    this.certificates = certificates;
    startedNanos = around.ticker().nanos();
    store = new MemoryStore(new Swarms(settings(config), around.entropy()), around.ticker());
    StorageRules storage = config.storage();
    collector = new Collector(store, storage.collectEvery(), around.ticker(), around.counters());
    rates = new Rates(totals, storage.countEvery(), around.ticker());
    requests = requests(config.limits());
    pending = new PendingWrites(config.announces().maxPendingWrites(), around.counters());
    complaints =
        new Complaints(
            Map.of(
                "store_full", () -> store.counts().refused(),
                "writes_dropped", pending::dropped,
                "requests_throttled", totals::throttled));
    hooks = new HookSet(config, operators, around);
    ports =
        Ports.of(
            config,
            logic(config, hooks, requests),
            new HttpFrontend.Pages(stats(), this::healthy),
            certificates,
            around,
            failed);
    throttling = new Throttling(() -> requests, ports::refusals, around.ticker());
    probe = new Probe(around.entropy());
  }

  private static Swarms.Settings settings(TrackerConfig config) {
    int configured = config.limits().maxPeers();
    long byMemory = Runtime.getRuntime().maxMemory() / BYTES_PER_PEER;
    return new Swarms.Settings(
        config.storage().shards(),
        Math.toIntExact(config.storage().peerLifetime().toSeconds()),
        configured == 0 ? (int) Math.min(byMemory, Integer.MAX_VALUE) : configured,
        config.limits().maxPeersPerSwarm());
  }

  private Optional<SlidingWindow> requests(LimitRules limits) {
    return limits.requests() == 0
        ? Optional.empty()
        : Optional.of(
            new SlidingWindow(
                limits.requests(),
                limits.requestWindow(),
                LIMITED_ADDRESSES,
                around.ticker().nanos()));
  }

  private Logic logic(TrackerConfig by, HookSet asked, Optional<SlidingWindow> limit) {
    return new Logic(
        by.announces(),
        asked.rejections(),
        operators,
        store,
        asked.chain(Position.PRE),
        asked.chain(Position.POST),
        limit,
        pending,
        totals,
        around.ticker());
  }

  /**
   * Follows another configuration, but for its addresses, workers and store. Peers and connections
   * stay, and a request that is on its way ends as it began.
   *
   * @throws IllegalStateException with a message for the operator if it cannot be followed
   */
  public synchronized void follow(TrackerConfig next) {
    HookSet before = hooks;
    HookSet asked = before.isThatOf(next) ? before : new HookSet(next, operators, around);
    Optional<SlidingWindow> limit =
        next.limits().limitsRequestsLike(config.limits()) ? requests : requests(next.limits());
    try {
      if (asked == before) {
        before.readLists();
      } else {
        asked.start();
      }
      ports.follow(next, logic(next, asked, limit));
    } catch (Exception e) {
      if (asked != before) {
        asked.retire();
      }
      throw new IllegalStateException(SERVICE + ": " + e.getMessage(), e);
    }
    pending.most(next.announces().maxPendingWrites());
    store.follow(settings(next));
    certificates.reload();
    config = next;
    hooks = asked;
    requests = limit;
    if (asked != before) {
      before.retire();
    }
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
    List<Part> parts = new ArrayList<>(List.of(operators, collector, rates, complaints));
    log.atInfo()
        .setMessage("storage_ready")
        .addKeyValue("component", "tracker/storage/memory")
        .addKeyValue("config", config.storage())
        .log();
    parts.add(hooks);
    parts.addAll(ports.parts());
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
    return ports.sockets();
  }

  /** The addresses of all UDP sockets, to be audited. */
  public List<Endpoint> datagramAddresses() {
    return ports.datagramAddresses();
  }

  /** Takes connections and datagrams; what has queued meanwhile is served. */
  public void accept() {
    ports.accept();
  }

  /** Takes nothing new; answers that are late are still sent. */
  public void stopAccepting() throws InterruptedException {
    ports.stopAccepting();
  }

  /**
   * Takes nothing new and lets all that has begun finish.
   *
   * @return how many connections had to be reset when the time was over
   */
  public int drain(Duration time) throws InterruptedException {
    return ports.drain(time);
  }

  @Override
  public void close() throws Exception {
    drain(around.drain());
    List<Exception> failures = closeStarted();
    // those of the configuration that was followed last, which no start has begun
    hooks.close();
    store.close();
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
        ports.views(),
        hooks.before().stream().map(Hook::name).toList(),
        hooks.after().stream().map(Hook::name).toList(),
        collector.last(),
        new StoreView(store).isUp());
  }

  /** Whether hooks and store can do their work; whoever does not say so in time cannot. */
  private CompletionStage<Boolean> healthy() {
    CompletableFuture<?>[] pings =
        Stream.concat(Stream.of(store.ping()), hooks.before().stream().map(Hook::ping))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(pings)
        .orTimeout(PING_SECONDS, TimeUnit.SECONDS)
        .handle((_, failure) -> isHealthy(failure));
  }

  private static boolean isHealthy(@Nullable Throwable failure) {
    if (failure != null) {
      log.atError()
          .setMessage("ping_failed")
          .addKeyValue("component", SERVICE)
          .setCause(failure)
          .log();
    }
    return failure == null;
  }

  @Override
  public TrackerView.SwarmView swarm(InfoHash torrent, int peers) {
    return new StoreView(store).swarm(torrent, peers);
  }

  @Override
  public int remove(InfoHash torrent) {
    return new StoreView(store).remove(torrent);
  }

  @Override
  public Collected collect() {
    return collector.collect();
  }

  @Override
  public RequestCounts requests() {
    return RequestCounts.of(around.counters());
  }

  @Override
  public List<String> sources() {
    return hooks.all().filter(Hook::hasSource).map(Hook::name).distinct().toList();
  }

  @Override
  public List<Hook.Refresh> refresh(Optional<String> hook) {
    return hooks
        .all()
        .filter(each -> hook.isEmpty() || each.name().equals(hook.get()))
        .flatMap(each -> each.refresh().stream())
        .toList();
  }

  @Override
  public List<TrackerView.Throttled> throttled(int most) {
    return throttling.list(most);
  }

  @Override
  public int clearThrottled(Optional<IpAddress> client) {
    return throttling.clear(client);
  }

  @Override
  public List<Probe.Check> probe(Probe.Target target) {
    return probe.run(target);
  }

  @Override
  public void collect(MetricSink sink) {
    for (MetricSource source : List.of(ports, collector, pending, operators, hooks, throttling)) {
      source.collect(sink);
    }
    if (config.storage().countEvery().isPositive()) {
      new StoreView(store).collect(sink);
    }
  }
}
