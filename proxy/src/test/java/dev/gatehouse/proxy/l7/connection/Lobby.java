package dev.gatehouse.proxy.l7.connection;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.accesslog.AccessLog;
import dev.gatehouse.net.connect.Dialer;
import dev.gatehouse.net.connect.NameLookup;
import dev.gatehouse.net.connect.NameResolver;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.net.tls.client.ClientContexts;
import dev.gatehouse.proxy.RunningProxy;
import dev.gatehouse.proxy.config.HttpSettings;
import dev.gatehouse.proxy.config.ProxyConfig;
import dev.gatehouse.proxy.config.ProxySettings;
import dev.gatehouse.proxy.exchange.ClientConnection;
import dev.gatehouse.proxy.exchange.Exchanges;
import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.http.Authority;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.proxy.traffic.ListenerTraffic;
import dev.gatehouse.proxy.upstream.TlsSession;
import dev.gatehouse.proxy.upstream.UpstreamDialer;
import dev.gatehouse.proxy.upstream.pool.BackendPool;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ServerName;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * What a client's connection finds behind its TLS: terms, a clock that stands, and the one route
 * {@code a.example}.
 */
public final class Lobby implements Routing, AutoCloseable {

  /** The name that every client has asked for. */
  public static final String HOST = "a.example";

  /** Who every client is, as far as the transport knows. */
  public static final Endpoint CLIENT =
      new Endpoint(IpAddress.parse("192.0.2.10").orElseThrow(), 4711);

  /** How often is looked for what has taken too long. */
  public static final Duration SWEEP = Duration.ofMillis(5);

  private static final Duration POOL_SWEEP = Duration.ofSeconds(1);
  private static final String LISTENER = "127.0.0.1:0";
  private static final String FILE =
      """
      [proxy]
      %s
      [[proxy.listeners]]
      addr = "127.0.0.1:1"
      [[proxy.listeners.routes]]
      hostname = "a.example"
      mode = "l7"
      tls_cert = "/a.pem"
      tls_key = "/a.key"
      %s
      """;

  private final ManualTicker ticker = new ManualTicker();
  private final EventCounters counters = new EventCounters();
  private final EventLoops loops = new EventLoops(Transport.NIO);
  private final NameResolver names = new NameResolver(NameLookup.system(), Ticker.system());
  private final AccessLog accessLog = new AccessLog(Duration.ofSeconds(1), counters);
  private final BlockingQueue<CloseCause> ends = new LinkedBlockingQueue<>();
  private final BackendPool pool;
  private final ListenerTraffic traffic = new ListenerTraffic(LISTENER, counters);
  private final HttpTerms terms;
  private volatile Optional<TerminatedRoute> route;

  /**
   * @param proxy lines of the section {@code [proxy]}
   * @param ofRoute lines of the route, its backend among them
   */
  public Lobby(String proxy, String ofRoute, Firewall firewall) throws Exception {
    ProxyConfig config = RunningProxy.read(FILE.formatted(proxy, ofRoute));
    ProxySettings settings = config.settings();
    HttpSettings http = settings.http();
    loops.start();
    names.start();
    accessLog.start();
    UpstreamDialer dialer = new UpstreamDialer(new Dialer(loops, names), ticker);
    ClientContexts contexts = new ClientContexts(ServerContext.Engine.best());
    LoopSweep sweep = new LoopSweep(ticker, SWEEP);
    pool =
        new BackendPool(
            dialer,
            contexts,
            new LoopSweep(ticker, POOL_SWEEP),
            ticker,
            http.pool(),
            settings.connectTimeout());
    ConnectionLog log = new ConnectionLog(accessLog, settings.accessLog());
    terms =
        new HttpTerms(
            http,
            new Exchanges(
                pool, http.timeouts(), sweep, log, ticker, http.forwarding().requestIdHeader()),
            firewall,
            RequestRate.NONE.following(http.requests(), ticker.nanos()));
    route = Optional.of(routeOf(config));
  }

  private TerminatedRoute routeOf(ProxyConfig config) {
    return new TerminatedRoute(
        LISTENER, config.listeners().getFirst().routes().getFirst(), counters);
  }

  public EventLoops loops() {
    return loops;
  }

  public EventCounters counters() {
    return counters;
  }

  public BackendPool pool() {
    return pool;
  }

  public ListenerTraffic traffic() {
    return traffic;
  }

  /** How requests are treated. */
  public HttpTerms terms() {
    return terms;
  }

  /** The route, which is there. */
  public TerminatedRoute route() {
    return route.orElseThrow();
  }

  /** A client whose TLS is spoken by somebody else. */
  public L7Connection connection(Channel channel) {
    ClientConnection client =
        new ClientConnection(
            traffic,
            443,
            channel,
            CLIENT,
            CLIENT,
            new ClientHello(ServerName.parse(HOST), List.of(), List.of(0x0304), false),
            Optional.empty(),
            new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256"));
    ConnectionEnd end = new ConnectionEnd();
    channel.closeFuture().addListener(_ -> closed(channel, end));
    return new L7Connection(terms, client, route.orElseThrow(), this, end);
  }

  private void closed(Channel channel, ConnectionEnd end) {
    ends.add(end.cause());
    pool.clientGone(channel);
  }

  /** Why the next connection ended. */
  public Optional<CloseCause> nextEnd() throws InterruptedException {
    return Optional.ofNullable(ends.poll(10, TimeUnit.SECONDS));
  }

  /** Moves the clock. */
  public void pass(Duration time) {
    ticker.advance(time);
  }

  /** Takes the route away. */
  public void loseRoute() {
    route = Optional.empty();
  }

  /** Tells the route something else. */
  public void change(String ofRoute) {
    ProxyConfig told = RunningProxy.read(FILE.formatted("", ofRoute));
    route = route.map(now -> now.changed(told.listeners().getFirst().routes().getFirst()));
  }

  /** The sum of a metric's samples that have these label values, in whatever place. */
  public double metric(Metric metric, String... labels) {
    DoubleAdder sum = new DoubleAdder();
    counters.collect(
        (name, value, values) -> {
          if (name == metric && List.of(values).containsAll(List.of(labels))) {
            sum.add(value);
          }
        });
    route.ifPresent(
        running ->
            running.collect(
                (name, value, values) -> {
                  if (name == metric && List.of(values).containsAll(List.of(labels))) {
                    sum.add(value);
                  }
                }));
    return sum.sum();
  }

  @Override
  public Optional<TerminatedRoute> find(Authority authority) {
    return authority.text().startsWith(HOST) ? route : Optional.empty();
  }

  @Override
  public boolean has(RouteName name) {
    return route.isPresent();
  }

  @Override
  public void close() {
    pool.close();
    names.close();
    loops.close();
    try {
      accessLog.close();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
