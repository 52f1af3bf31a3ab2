package dev.gatehouse.proxy.l4;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.connect.ConnectionOptions;
import dev.gatehouse.proxy.config.ProxySettings;
import dev.gatehouse.proxy.config.RelaySettings;
import dev.gatehouse.proxy.hello.Greeting;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.upstream.UpstreamDialer;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;
import java.util.stream.Stream;

/** Passes connections on untouched; what all of them share. */
public final class Passthrough {

  private static final Duration SHORTEST_SWEEP = Duration.ofMillis(50);
  private static final Duration LONGEST_SWEEP = Duration.ofSeconds(1);

  /** So much longer than its timeout may a connection be idle. */
  private static final int SWEEPS_A_TIMEOUT = 4;

  /** Reads of small messages take small buffers, whatever a bulk transfer is allowed. */
  private static final int LEAST_READ = 64;

  /** Takes a whole ClientHello, those with post-quantum key shares included. */
  private static final int FIRST_READ = 2048;

  private static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final UpstreamDialer dialer;
  private final Duration idleTimeout;
  private final Duration connectTimeout;
  private final Duration halfClosedTimeout;
  private final Splicing splicing;
  private final long spliceAfter;
  private final ConnectionLog connectionLog;
  private final RecvByteBufAllocator receive;
  private final LoopSweep sweep;
  private final Ticker ticker;

  /**
   * @param settings of all listeners
   */
  public Passthrough(
      ProxySettings settings,
      UpstreamDialer dialer,
      Splicing splicing,
      ConnectionLog connectionLog,
      Ticker ticker) {
    this.dialer = dialer;
    this.idleTimeout = settings.idleTimeout();
    this.connectTimeout = settings.connectTimeout();
    this.halfClosedTimeout = settings.relay().halfClosedTimeout();
    this.splicing = splicing;
    this.spliceAfter = spliceAfter(settings.relay());
    this.connectionLog = connectionLog;
    this.receive =
        new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, settings.relay().buffer());
    this.sweep = new LoopSweep(ticker, interval(settings));
    this.ticker = ticker;
  }

  /** Readies an accepted channel, before its first byte is read. */
  public void prepare(Channel client) {
    ConnectionOptions.relay(client);
    setBuffers(client);
  }

  /** Takes a client to its route; the bytes of the greeting are owned here from now on. */
  public void begin(PassthroughRoute route, Channel client, Greeting greeting) {
    new L4Connection(this, route, client, greeting).start();
  }

  /** How much of a connection may be here at a time. */
  void setBuffers(Channel channel) {
    channel.config().setRecvByteBufAllocator(receive).setWriteBufferWaterMark(WATER_MARKS);
  }

  UpstreamDialer dialer() {
    return dialer;
  }

  /** Of a route that has none of its own. */
  Duration idleTimeout() {
    return idleTimeout;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration halfClosedTimeout() {
    return halfClosedTimeout;
  }

  Splicing splicing() {
    return splicing;
  }

  /** Bytes from one side, after which a connection is to be spliced. */
  long spliceAfter() {
    return spliceAfter;
  }

  ConnectionLog connectionLog() {
    return connectionLog;
  }

  LoopSweep sweep() {
    return sweep;
  }

  long now() {
    return ticker.nanos();
  }

  private static long spliceAfter(RelaySettings relay) {
    return switch (relay.mode()) {
      case AUTO, SPLICE -> relay.spliceAfter();
      case COPY -> Long.MAX_VALUE;
    };
  }

  /** A route with a shorter timeout of its own is at most one sweep late. */
  private static Duration interval(ProxySettings settings) {
    return Stream.of(settings.idleTimeout(), settings.relay().halfClosedTimeout())
        .filter(Duration::isPositive)
        .map(timeout -> timeout.dividedBy(SWEEPS_A_TIMEOUT))
        .min(Duration::compareTo)
        .map(Passthrough::bounded)
        .orElse(LONGEST_SWEEP);
  }

  private static Duration bounded(Duration interval) {
    if (interval.compareTo(SHORTEST_SWEEP) < 0) {
      return SHORTEST_SWEEP;
    }
    return interval.compareTo(LONGEST_SWEEP) > 0 ? LONGEST_SWEEP : interval;
  }
}
