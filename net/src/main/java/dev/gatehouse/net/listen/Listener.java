package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP port and the connections that came through it.
 *
 * <p>{@link #start} binds and lets peers queue in the kernel; {@link #accept} takes them. Between
 * the two it can be checked what the process really listens on.
 */
public final class Listener implements Part, MetricSource {

  /** What connections are told by a user event, each on its loop. */
  public enum Event {
    /** Finish what has begun, begin nothing, close. */
    DRAIN
  }

  private static final Logger log = LoggerFactory.getLogger(Listener.class);

  /** In a row, before the connections that are open have their turn. */
  private static final int MAX_ACCEPTED = 16;

  private final EventLoops loops;
  private final Admission admission;
  private final EventCounters counters;
  private final Consumer<? super Channel> service;
  private final BiConsumer<Listener, Throwable> failed;
  private final ListenerLimit limit;
  private final OpenConnections open = new OpenConnections();
  private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);
  private volatile ListenerSettings settings;
  private volatile AdmissionPath path;

  /** One, or one for each loop; set by the start. */
  private volatile List<Channel> servers = List.of();

  private volatile boolean stopped;

  /**
   * A listener that is not bound yet.
   *
   * @param service gets each admitted channel on its loop, with reading off, and adds its handlers
   * @param failed is told when the listener ends without having been asked to
   */
  public Listener(
      ListenerSettings settings,
      EventLoops loops,
      Admission admission,
      EventCounters counters,
      Consumer<? super Channel> service,
      BiConsumer<Listener, Throwable> failed) {
    this.settings = settings;
    this.loops = loops;
    this.admission = admission;
    this.counters = counters;
    this.service = service;
    this.failed = failed;
    this.limit = new ListenerLimit(settings.guard().maxConnections());
    for (Refusal reason : Refusal.values()) {
      refusals.put(reason, refusedCounter(counters, reason));
    }
    this.path = path(settings);
  }

  private AdmissionPath path(ListenerSettings told) {
    List<AdmissionStep> steps = AdmissionPath.steps(limit, header(told), admission, open);
    steps.addFirst(counted());
    return new AdmissionPath(steps, service, this::refused);
  }

  @Override
  public String name() {
    return settings.key() + " " + settings.endpoint();
  }

  /**
   * Binds, with accepting off.
   *
   * @throws ListenException if the address cannot be bound
   */
  @Override
  public void start() throws ListenException {
    List<Channel> bound = new ArrayList<>();
    Endpoint endpoint = settings.endpoint();
    for (EventLoopGroup acceptor : acceptors()) {
      ChannelFuture binding =
          bootstrap(acceptor).bind(socketAddress(endpoint)).awaitUninterruptibly();
      if (!binding.isSuccess()) {
        bound.forEach(channel -> channel.close().awaitUninterruptibly());
        throw new ListenException(settings.key(), settings.endpoint(), binding.cause());
      }
      bound.add(binding.channel());
      // a port that the kernel has chosen holds for all
      endpoint = ClientAddress.endpoint(binding.channel().localAddress()).orElse(endpoint);
    }
    servers = List.copyOf(bound);
    servers.forEach(this::watch);
  }

  private void watch(Channel server) {
    AcceptFailures failures = new AcceptFailures(label());
    server.pipeline().addLast(failures);
    server.closeFuture().addListener(closed -> closed(failures));
  }

  /** Starts to accept; whoever has queued meanwhile is served. */
  public void accept() {
    bound();
    servers.forEach(server -> server.config().setAutoRead(true));
    log.atInfo()
        .setMessage("listener_opened")
        .addKeyValue("service", settings.service())
        .addKeyValue("address", boundAddress())
        .log();
    warnIfAnybodyMaySendHeaders();
  }

  /** Where the kernel says that it listens. */
  public Endpoint boundAddress() {
    return ClientAddress.endpoint(bound().localAddress()).orElse(settings.endpoint());
  }

  /** What it was told. */
  public ListenerSettings settings() {
    return settings;
  }

  /**
   * Lets other connections in from now on; those that are in stay. The address, the backlog and
   * what else belongs to the socket remain as they are.
   */
  public void guard(Guard guard, Duration proxyHeaderTimeout) {
    settings = settings.guarded(guard, proxyHeaderTimeout);
    path = path(settings);
    limit(guard.maxConnections());
    if (!servers.isEmpty()) {
      warnIfAnybodyMaySendHeaders();
    }
  }

  /** Sets another limit; connections beyond it stay until they end, and 0 is no limit. */
  public void limit(int maxConnections) {
    limit.change(maxConnections);
  }

  /** The most connections at a time; 0 is no limit. */
  public int limit() {
    return limit.limit();
  }

  /** Connections now, from accept to close. */
  public int connections() {
    return limit.count();
  }

  /** Whether it takes no new connections, since it is closing or closed. */
  public boolean isStopped() {
    return stopped;
  }

  /** How many connections come from such clients. */
  public long connections(Predicate<IpAddress> clients) {
    return from(clients).count();
  }

  /** Resets the connections of such clients, and says how many there were. */
  public long reset(Predicate<IpAddress> clients) {
    List<Channel> matching = from(clients).toList();
    matching.forEach(Refusal::reset);
    return matching.size();
  }

  private Stream<Channel> from(Predicate<IpAddress> clients) {
    return limit.channels().stream()
        .filter(ClientAddress::isKnown)
        .filter(channel -> clients.test(ClientAddress.of(channel).address()));
  }

  /** Connections that were refused for that reason since the start. */
  public long refusals(Refusal reason) {
    LongAdder counter = refusals.get(reason);
    return counter == null ? 0 : counter.sum();
  }

  /** Counts a connection that its service gave up before it spoke to it. */
  public void refused(Refusal reason) {
    LongAdder counter = refusals.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  /** Gives the port back; open connections go on. */
  public void stopAccepting() {
    stopped = true;
    limit.drain();
    for (Channel server : servers) {
      server.close().awaitUninterruptibly();
      awaitNextRound(server.eventLoop());
    }
  }

  /** Stops accepting, lets connections finish in the time set for it, and resets the rest. */
  @Override
  public void close() {
    int _ = drain(settings.drain());
  }

  /**
   * As {@link #close}, in another time.
   *
   * @return how many connections had to be reset
   */
  public int drain(Duration time) {
    stopAccepting();
    ChannelGroup connections = limit.drain();
    connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(Event.DRAIN));
    boolean finished =
        connections.newCloseFuture().awaitUninterruptibly(time.toNanos(), TimeUnit.NANOSECONDS);
    if (finished) {
      return 0;
    }
    int left = connections.size();
    log.atWarn()
        .setMessage("drain_incomplete")
        .addKeyValue("listener", label())
        .addKeyValue("count", left)
        .log();
    connections.forEach(Refusal::reset);
    connections.newCloseFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
    return left;
  }

  @Override
  public void collect(MetricSink sink) {
    sink.sample(Metric.LISTENER_MAX_CONNECTIONS, (double) limit(), label());
    for (AddressScope scope : AddressScope.values()) {
      sink.sample(
          Metric.LISTENER_CONNECTIONS,
          (double) open.open(scope).sum(),
          label(),
          settings.service(),
          scope.label());
    }
  }

  /** Every connection there ever was, whatever becomes of it. */
  private AdmissionStep counted() {
    LongAdder accepted = counters.counter(Metric.LISTENER_ACCEPTED, label(), settings.service());
    return channel -> {
      accepted.increment();
      return Verdict.ADMITTED;
    };
  }

  private List<AdmissionStep> header(ListenerSettings told) {
    return told.guard().proxyProtocol()
        ? List.of(new ProxyHeaderStep(told, label(), counters))
        : List.of();
  }

  private void warnIfAnybodyMaySendHeaders() {
    if (settings.guard().proxyProtocol() && settings.guard().trustedProxies().isEmpty()) {
      log.atWarn().setMessage("open_proxy_listener").addKeyValue("listener", label()).log();
    }
  }

  /** Who accepts: any loop for all of them, or each for itself. */
  private List<EventLoopGroup> acceptors() {
    if (!isOnEveryLoop()) {
      return List.of(loops.group());
    }
    List<EventLoopGroup> each = new ArrayList<>();
    loops.group().forEach(loop -> each.add((EventLoop) loop));
    return each;
  }

  private boolean isOnEveryLoop() {
    return settings.onEveryLoop() && loops.transport() == Transport.EPOLL;
  }

  private ServerBootstrap bootstrap(EventLoopGroup acceptor) {
    ServerBootstrap bootstrap = new ServerBootstrap();
    if (isOnEveryLoop()) {
      bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
    }
    return bootstrap
        .group(acceptor)
        .channelFactory(loops.serverChannels(settings.endpoint().address().family()))
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, settings.backlog())
        .option(ChannelOption.RECVBUF_ALLOCATOR, untilNoneIsLeft())
        .childOption(ChannelOption.AUTO_READ, false)
        .childHandler(entrance());
  }

  /**
   * Takes all who wait, though not for ever: the transport would go back to the kernel's list of
   * events after each of them.
   */
  private static RecvByteBufAllocator untilNoneIsLeft() {
    return new ServerChannelRecvByteBufAllocator()
        .respectMaybeMoreData(false)
        .maxMessagesPerRead(MAX_ACCEPTED);
  }

  /** Whoever is accepted takes the path of that moment. */
  private ChannelInitializer<Channel> entrance() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        path.initChannel(channel);
      }
    };
  }

  private static InetSocketAddress socketAddress(Endpoint endpoint) {
    try {
      InetAddress address = InetAddress.getByAddress(endpoint.address().bytes());
      return new InetSocketAddress(address, endpoint.port());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** With NIO the port is only free once the selector has seen that its key is cancelled. */
  private static void awaitNextRound(EventLoop loop) {
    if (!loop.isShuttingDown()) {
      loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
  }

  private void closed(AcceptFailures failures) {
    if (stopped) {
      return;
    }
    Throwable cause = failures.last();
    failed.accept(this, cause == null ? new ClosedChannelException() : cause);
  }

  private Channel bound() {
    if (servers.isEmpty()) {
      throw new IllegalStateException(name() + ": not bound");
    }
    return servers.getFirst();
  }

  private String label() {
    return settings.endpoint().toString();
  }

  private LongAdder refusedCounter(EventCounters counters, Refusal reason) {
    return counters.counter(Metric.LISTENER_REFUSED, label(), settings.service(), reason.label());
  }
}
