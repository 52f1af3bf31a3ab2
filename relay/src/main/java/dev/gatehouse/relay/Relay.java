package dev.gatehouse.relay;

import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.limit.ConnectionLimit;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.ListenerSettings;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.relay.config.CapSettings;
import dev.gatehouse.relay.config.ListenSettings;
import dev.gatehouse.relay.config.RelayConfig;
import dev.gatehouse.relay.entrance.Doorway;
import dev.gatehouse.relay.entrance.Entrance;
import dev.gatehouse.relay.entrance.Health;
import dev.gatehouse.relay.gate.ClaimPolicy;
import dev.gatehouse.relay.gate.ClientKeys;
import dev.gatehouse.relay.gate.GateRules;
import dev.gatehouse.relay.gate.UpgradeGates;
import dev.gatehouse.relay.limit.Bans;
import dev.gatehouse.relay.limit.TokenBuckets;
import dev.gatehouse.relay.log.RelayLog;
import dev.gatehouse.relay.outbox.OutboxBudget;
import dev.gatehouse.relay.registry.ConnectionSlots;
import dev.gatehouse.relay.registry.Counts;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.relay.session.Sessions;
import dev.gatehouse.relay.view.BanView;
import dev.gatehouse.relay.view.ConditionView;
import dev.gatehouse.relay.view.ConditionView.Mode;
import dev.gatehouse.relay.view.Kicked;
import dev.gatehouse.relay.view.ServerView;
import dev.gatehouse.relay.view.TotalsView;
import dev.gatehouse.relay.view.TrafficView;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The relay: its listener, and all that its connections share.
 *
 * <p>What it is told may change while it runs; the one who tells it does so from one thread.
 */
public final class Relay implements Part, MetricSource, RelayAdmin {

  /** The word for this service in metrics, status and logs. */
  public static final String SERVICE = "relay";

  /** What is spoken within TLS: an upgrade to WebSocket needs this version. */
  public static final List<String> PROTOCOLS = List.of("http/1.1");

  /** How often deadlines are looked at: often enough for the shortest that is usual. */
  private static final Duration SWEEP = Duration.ofMillis(250);

  private static final int BACKLOG = 1024;
  private static final int MAX_RATE_KEYS = 65_536;

  private final Surroundings around;
  private final RelayLog log;
  private final TokenBuckets<IpAddress> attempts;
  private final ConnectionLimit clients;
  private final ConnectionSlots slots;
  private final Bans bans = new Bans();
  private final OutboxBudget budget;
  private final UpgradeGates gates;
  private final Wakers wakers;
  private final Sessions sessions;
  private final Entrance entrance;
  private final Listener listener;
  private final Optional<QuestionListener> questions;
  private final Housekeeping housekeeping;
  private final Optional<LegacyMetrics> legacy;
  private final String domain;
  private volatile RelayConfig config;

  /**
   * A relay that is not bound yet.
   *
   * @param failed is told when the listener ends without having been asked to
   * @throws IllegalArgumentException if there are credentials for wakes that are none
   */
  public Relay(RelayConfig config, Surroundings around, BiConsumer<Listener, Throwable> failed) {
    this.config = config;
    this.around = around;
    domain = config.listen().certificate().isPresent() ? config.listen().domain() : "";
    CapSettings caps = config.caps();
    long now = around.ticker().nanos();
    log = new RelayLog(around.ticker());
    attempts = new TokenBuckets<>(caps.upgradeBurst(), caps.upgradeRefill(), MAX_RATE_KEYS, now);
    clients = new ConnectionLimit(caps.maxPerClient());
    slots = new ConnectionSlots(caps.maxConnections(), caps.binaryReserve());
    budget = new OutboxBudget(caps.outboxBytes(), outboxTotal(caps));
    gates = new UpgradeGates(rules(config), attempts, clients, slots, bans);
    wakers = new Wakers(config.push(), around, log);
    legacy =
        config.legacyMetricNames()
            ? Optional.of(new LegacyMetrics(around.counters()))
            : Optional.empty();
    sessions = sessions(config);
    entrance = entrance(config, now);
    listener =
        new Listener(
            listening(config),
            around.loops(),
            around.admission(),
            around.counters(),
            entrance,
            failed);
    questions =
        config
            .listen()
            .autocert()
            .map(told -> new QuestionListener(told, config.http(), around, failed));
    housekeeping = new Housekeeping(attempts, wakers, log, around.ticker());
  }

  @Override
  public String name() {
    return SERVICE;
  }

  /** Reads the certificate and binds, with accepting off. */
  @Override
  public void start() throws ListenException {
    ListenSettings listen = config.listen();
    listener.start();
    if (questions.isPresent()) {
      questions.get().listener().start();
    }
    listen
        .certificate()
        .filter(files -> listen.autocert().isEmpty())
        .ifPresent(
            files ->
                around
                    .certificates()
                    .add(
                        new CertificateStore.Use(
                            SERVICE, listen.domain(), files, listen.minimumVersion(), PROTOCOLS)));
    sessions.start(around.loops().group(), SWEEP);
    housekeeping.start(around.loops().group());
  }

  /** The sockets, to be audited and then told to accept. */
  public List<Listener> sockets() {
    return Stream.concat(Stream.of(listener), questions.stream().map(QuestionListener::listener))
        .toList();
  }

  /**
   * Follows another configuration: connections keep what they began with, and the sockets stay as
   * they are. Looks at the files of the certificate too, so it blocks.
   *
   * @throws IllegalArgumentException if there are credentials for wakes that are none
   */
  public void follow(RelayConfig next) {
    wakers.follow(next.push());
    around.certificates().reload();
    CapSettings caps = next.caps();
    config = next;
    gates.change(rules(next));
    slots.change(caps.maxConnections(), caps.binaryReserve());
    clients.change(caps.maxPerClient());
    attempts.change(caps.upgradeBurst(), caps.upgradeRefill());
    budget.change(caps.outboxBytes(), outboxTotal(caps));
    sessions.change(next.session());
    entrance.change(next.http(), caps.maxPending());
    next.listen()
        .autocert()
        .ifPresent(told -> questions.ifPresent(one -> one.change(told.health(), next.http())));
    listener.guard(guard(next.listen()), next.listen().proxyHeaderTimeout());
  }

  /** Lets nobody in any more; those who are in stay. */
  public void refuseNewcomers() {
    gates.drain();
  }

  /**
   * As {@link #drain}, once all have left by themselves or the time for that is over; who comes
   * meanwhile is told to come again.
   */
  public int leave(Duration time) {
    refuseNewcomers();
    CompletableFuture<Void> nobody = new CompletableFuture<>();
    Future<?> looks =
        around
            .loops()
            .group()
            .scheduleWithFixedDelay(
                () -> {
                  if (slots.used() == 0) {
                    nobody.complete(null);
                  }
                },
                0,
                SWEEP.toNanos(),
                TimeUnit.NANOSECONDS);
    nobody.completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS).join();
    looks.cancel(false);
    return drain(config.drain());
  }

  /**
   * Takes no new connections, tells all that are there to go, and cuts those that stay, after that
   * time or the one of the configuration if it is shorter.
   *
   * @return how many had to be cut when the time was over
   */
  public int drain(Duration time) {
    gates.drain();
    sockets().forEach(Listener::stopAccepting);
    sessions.shutDown();
    Duration own = config.drain();
    return listener.drain(own.compareTo(time) < 0 ? own : time);
  }

  @Override
  public void close() throws InterruptedException {
    int _ = drain(config.drain());
    questions.ifPresent(asked -> asked.listener().close());
    housekeeping.stop();
    sessions.stop();
    wakers.close();
  }

  @Override
  public Kicked kick(ServerId id) {
    return sessions.kick(id);
  }

  @Override
  public Kicked kick(ServerId id, String connection) {
    return sessions.kick(id, connection) ? new Kicked(0, 1) : Kicked.NOBODY;
  }

  @Override
  public boolean ban(ServerId id, Duration time) {
    return bans.add(id, around.ticker().nanos(), time.toNanos());
  }

  @Override
  public List<BanView> bans() {
    Instant now = around.ticker().now();
    return bans.leftNanos(around.ticker().nanos()).entrySet().stream()
        .map(ban -> new BanView(ban.getKey().text(), now.plusNanos(ban.getValue())))
        .sorted(Comparator.comparing(BanView::serverId))
        .toList();
  }

  @Override
  public boolean removeBan(ServerId id) {
    return bans.remove(id, around.ticker().nanos());
  }

  @Override
  public TotalsView totals() {
    Counts counts = sessions.counts();
    return new TotalsView(
        counts.binaries(),
        counts.graced(),
        counts.phones(),
        slots.used(),
        slots.limit(),
        entrance.pending(),
        budget.charged(),
        budget.total(),
        sessions.pausedPhones(),
        gates.isDraining());
  }

  @Override
  public TrafficView traffic() {
    return sessions.forwarded();
  }

  @Override
  public ConditionView condition() {
    ListenSettings listen = config.listen();
    return new ConditionView(
        mode(listen),
        domain,
        around.certificates().views().stream().findFirst(),
        wakers.inFlight());
  }

  private static Mode mode(ListenSettings listen) {
    if (listen.isPlain()) {
      return Mode.INSECURE;
    }
    return listen.autocert().isPresent() ? Mode.AUTOCERT : Mode.STATIC;
  }

  @Override
  public List<ServerView> servers() {
    return sessions.servers();
  }

  @Override
  public void collect(MetricSink sink) {
    TotalsView now = totals();
    sink.sample(Metric.RELAY_CONNECTED_BINARIES, now.binaries());
    sink.sample(Metric.RELAY_GRACED_BINARIES, now.graced());
    sink.sample(Metric.RELAY_CONNECTED_PHONES, now.phones());
    sink.sample(Metric.RELAY_CONNECTIONS, now.connections());
    sink.sample(Metric.RELAY_CONNECTIONS_LIMIT, now.limit());
    sink.sample(Metric.RELAY_PENDING_CONNECTIONS, now.pending());
    sink.sample(Metric.RELAY_OUTBOX_BYTES, (double) now.outboxBytes());
    sink.sample(Metric.RELAY_OUTBOX_LIMIT_BYTES, (double) now.outboxLimitBytes());
    sink.sample(Metric.RELAY_PAUSED_PHONES, now.pausedPhones());
    sink.sample(Metric.RELAY_DRAINING, now.draining() ? 1 : 0);
    sink.sample(Metric.RELAY_RATE_LIMITER_KEYS, attempts.keys());
    wakers.inFlight().ifPresent(wakes -> sink.sample(Metric.RELAY_PUSH_IN_FLIGHT, wakes));
    sockets().forEach(socket -> socket.collect(sink));
    legacy.ifPresent(old -> old.collect(now, wakers.inFlight().isPresent(), sink));
  }

  private Sessions sessions(RelayConfig told) {
    Sessions.Context context =
        new Sessions.Context(budget, around.counters(), log, wakers, around.ticker());
    return new Sessions(told.session(), context, new SecureRandom()::nextInt);
  }

  private Entrance entrance(RelayConfig told, long startNanos) {
    Health health =
        new Health(
            around.version(),
            sessions::counts,
            () -> Duration.ofNanos(around.ticker().nanos() - startNanos));
    Doorway doorway = new Doorway(gates, sessions, log, health, around.ticker());
    return new Entrance(
        doorway,
        told.listen().certificate().map(files -> this::open),
        this::refused,
        told.http(),
        told.caps().maxPending());
  }

  private static long outboxTotal(CapSettings caps) {
    return caps.outboxTotal().in(PlatformDependent.maxDirectMemory());
  }

  private Opening open(ClientHello hello, ByteBufAllocator allocator) {
    return around.ordered().isPresent()
        ? around.ordered().get().open(hello, allocator)
        : around.certificates().open(SERVICE, hello, allocator);
  }

  private void refused(Refusal reason) {
    listener.refused(reason);
  }

  private GateRules rules(RelayConfig told) {
    ListenSettings listen = told.listen();
    ClientKeys keys = new ClientKeys(listen.trustForwarded(), CidrSet.of(listen.trustedProxies()));
    return new GateRules(
        domain, keys, ClaimPolicy.allowing(told.allowedIds()), told.requireToken());
  }

  private static ListenerSettings listening(RelayConfig told) {
    ListenSettings listen = told.listen();
    return new ListenerSettings(
        listen.certificate().isPresent() ? "relay.https_listen" : "relay.insecure_listen",
        SERVICE,
        listen.address(),
        BACKLOG,
        guard(listen),
        listen.proxyHeaderTimeout(),
        told.drain(),
        false);
  }

  private static Guard guard(ListenSettings listen) {
    return new Guard(
        listen.proxyProtocol(), listen.proxyProtocol() ? listen.trustedProxies() : List.of(), 0);
  }
}
