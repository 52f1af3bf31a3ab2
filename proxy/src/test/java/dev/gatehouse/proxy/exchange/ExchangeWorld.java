package dev.gatehouse.proxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.accesslog.AccessLog;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.net.tls.client.ClientContexts;
import dev.gatehouse.proxy.config.HttpTimeouts;
import dev.gatehouse.proxy.config.PoolSettings;
import dev.gatehouse.proxy.config.ProxySettings.AccessLogging;
import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.forward.Forwarding;
import dev.gatehouse.proxy.http.response.Response;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.traffic.ListenerTraffic;
import dev.gatehouse.proxy.upstream.TlsSession;
import dev.gatehouse.proxy.upstream.UnansweredDialer;
import dev.gatehouse.proxy.upstream.pool.BackendPool;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is around an exchange: true counters, log and sweep; a clock that is moved by hand. */
final class ExchangeWorld {

  static final Duration SECOND = Duration.ofSeconds(1);
  static final HttpTimeouts TIMEOUTS =
      new HttpTimeouts(
          Duration.ofSeconds(75),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          240,
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(40),
          Duration.ofSeconds(3600));

  final ManualTicker ticker = new ManualTicker();
  final EventCounters counters = new EventCounters();
  final EmbeddedChannel channel = new EmbeddedChannel();
  final AccessLog accessLog = new AccessLog(Duration.ofSeconds(10), counters);
  final LoopSweep sweep = new LoopSweep(ticker, SECOND);
  final TerminatedRoute route;
  final Exchanges shared;

  ExchangeWorld() {
    this(TIMEOUTS, L7Settings.NONE);
  }

  ExchangeWorld(HttpTimeouts timeouts, L7Settings settings) {
    route = new TerminatedRoute("front", route(settings), counters);
    BackendPool pool =
        new BackendPool(
            UnansweredDialer.with(ticker),
            new ClientContexts(ServerContext.Engine.JDK),
            sweep,
            ticker,
            new PoolSettings(Duration.ofSeconds(30), 32, 0),
            Duration.ofDays(1));
    ConnectionLog log = new ConnectionLog(accessLog, AccessLogging.ALL);
    shared = new Exchanges(pool, timeouts, sweep, log, ticker, "X-Request-Id");
    accessLog.start();
  }

  static Route route(L7Settings settings) {
    return new Route(
        RouteName.parse("a.example").orElseThrow(),
        RouteMode.L7,
        UnansweredDialer.destinations("one"),
        Balance.ROUND_ROBIN,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        settings);
  }

  RequestContext context(Request request, long maxBody) {
    return new RequestContext(
        connection(),
        route,
        request,
        new Forwarding(request.fields(), IpAddress.ANY_IPV4, "id", 0, 0),
        maxBody);
  }

  private ClientConnection connection() {
    return new ClientConnection(
        new ListenerTraffic("front", counters),
        443,
        channel,
        new Endpoint(IpAddress.parse("192.0.2.1").orElseThrow(), 4000),
        new Endpoint(IpAddress.parse("192.0.2.9").orElseThrow(), 5000),
        new ClientHello(Messages.SNI, List.of(), List.of(), false),
        Optional.of(Bytes.utf8("h2")),
        new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256"));
  }

  FakeBackend backend() {
    return new FakeBackend(route.backends().backends().getFirst());
  }

  /** Lets seconds pass one by one, as the sweep sees them. */
  void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      ticker.advance(SECOND);
      channel.advanceTimeBy(SECOND.toNanos(), TimeUnit.NANOSECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  long count(Metric metric, String... labels) {
    return counters.counter(metric, labels).sum();
  }

  /** Bytes whose leak would be seen. */
  static ByteBuf bytes(String text) {
    return ByteBufAllocator.DEFAULT.buffer().writeBytes(text.getBytes(ISO_8859_1));
  }

  static ByteBuf bytes(int length) {
    return ByteBufAllocator.DEFAULT.buffer(length).writeZero(length);
  }

  static Response response(int status, String... fields) {
    return new Response(status, "Fine", Messages.fields(fields), new Framing.Streamed(), true);
  }

  void close() throws Exception {
    channel.finishAndReleaseAll();
    accessLog.close();
  }
}
