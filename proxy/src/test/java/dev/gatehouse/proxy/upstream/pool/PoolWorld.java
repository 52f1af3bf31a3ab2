package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.net.tls.client.ClientContexts;
import dev.gatehouse.proxy.config.PoolSettings;
import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.traffic.Traffic;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.BackendGroup;
import dev.gatehouse.proxy.upstream.TlsSession;
import dev.gatehouse.proxy.upstream.UnansweredDialer;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What is around the connections of one loop: a clock that is moved by hand, and no network. */
final class PoolWorld {

  static final Duration IDLE = Duration.ofSeconds(30);
  static final Duration CONNECT = Duration.ofSeconds(5);

  final ManualTicker ticker = new ManualTicker();
  final EventCounters counters = new EventCounters();
  final EmbeddedChannel client = new EmbeddedChannel();
  final LoopSweep sweep = new LoopSweep(ticker, Duration.ofSeconds(1));
  final PoolCounters poolCounters = new PoolCounters("front", "a.example", counters);
  final BackendGroup backends =
      BackendGroup.of(UnansweredDialer.destinations("one", "two"), Balance.ROUND_ROBIN);
  final BackendPool shared =
      new BackendPool(
          UnansweredDialer.with(ticker),
          new ClientContexts(ServerContext.Engine.JDK),
          sweep,
          ticker,
          new PoolSettings(IDLE, 2, 0),
          CONNECT);
  final LoopPool pool = new LoopPool(shared, client.eventLoop());

  Upstream upstream(BackendProtocol protocol) {
    return upstream(protocol, Optional.empty(), Optional.empty());
  }

  Upstream upstream(
      BackendProtocol protocol, Optional<UpstreamTls> tls, Optional<Set<SentTlv>> header) {
    Traffic traffic =
        new Traffic("front", RouteName.parse("a.example").orElseThrow(), RouteMode.L7, counters);
    return new Upstream(backends, protocol, tls, header, traffic, poolCounters);
  }

  Backend one() {
    return backends.backends().getFirst();
  }

  Backend two() {
    return backends.backends().getLast();
  }

  static Asking asking(Upstream upstream, Request request, Channel client) {
    return new Asking(
        upstream,
        request,
        client,
        new ClientHello(Messages.SNI, List.of(), List.of(), false),
        Optional.empty(),
        new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256"));
  }

  /** Lets seconds pass one by one, as the sweep sees them. */
  void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      ticker.advance(Duration.ofSeconds(1));
      client.advanceTimeBy(1, TimeUnit.SECONDS);
      client.runScheduledPendingTasks();
    }
  }

  long discarded(String reason) {
    return counters.counter(Metric.PROXY_POOL_DISCARDED, "front", "a.example", reason).sum();
  }

  long reused() {
    return counters.counter(Metric.PROXY_POOL_REUSED, "front", "a.example").sum();
  }

  /** The gauge of connections by state. */
  Map<String, Integer> connections() {
    Map<String, Integer> states = new HashMap<>();
    poolCounters.collect((metric, value, labels) -> states.put(labels[2], (int) value));
    return states;
  }
}
