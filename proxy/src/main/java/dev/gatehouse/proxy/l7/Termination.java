package dev.gatehouse.proxy.l7;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.proxy.config.HttpSettings;
import dev.gatehouse.proxy.config.HttpTimeouts;
import dev.gatehouse.proxy.exchange.Exchanges;
import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.hello.Greeting;
import dev.gatehouse.proxy.l7.connection.HttpTerms;
import dev.gatehouse.proxy.l7.connection.RequestRate;
import dev.gatehouse.proxy.l7.connection.Routing;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.proxy.traffic.HandshakeFailure;
import dev.gatehouse.proxy.traffic.ListenerTraffic;
import dev.gatehouse.proxy.upstream.pool.BackendPool;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/** Speaks TLS and HTTP with clients; what all of their connections share. */
public final class Termination {

  private static final Duration SHORTEST_SWEEP = Duration.ofMillis(50);
  private static final Duration LONGEST_SWEEP = Duration.ofSeconds(1);

  /** So much longer than its timeout may something take. */
  private static final int SWEEPS_A_TIMEOUT = 4;

  private static final int FIRST_READ = 2048;
  private static final int LARGEST_READ = 64 * 1024;
  private static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(32 * 1024, 64 * 1024);

  private final CertificateStore certificates;
  private final HttpTerms terms;
  private final RecvByteBufAllocator receive =
      new AdaptiveRecvByteBufAllocator(64, FIRST_READ, LARGEST_READ);

  /**
   * @param firewall is asked again about clients whom a trusted forwarder names
   * @param rate of requests of one client
   */
  public Termination(
      HttpSettings settings,
      CertificateStore certificates,
      BackendPool pool,
      Firewall firewall,
      RequestRate rate,
      ConnectionLog log,
      Ticker ticker) {
    this.certificates = certificates;
    this.terms =
        new HttpTerms(
            settings,
            new Exchanges(
                pool,
                settings.timeouts(),
                new LoopSweep(ticker, sweepInterval(settings.timeouts())),
                log,
                ticker,
                settings.forwarding().requestIdHeader()),
            firewall,
            rate);
  }

  /** How often is to be looked for what has taken too long. */
  private static Duration sweepInterval(HttpTimeouts timeouts) {
    Duration wanted =
        timeouts
            .shortest()
            .map(shortest -> shortest.dividedBy(SWEEPS_A_TIMEOUT))
            .orElse(LONGEST_SWEEP);
    if (wanted.compareTo(SHORTEST_SWEEP) < 0) {
      return SHORTEST_SWEEP;
    }
    return wanted.compareTo(LONGEST_SWEEP) > 0 ? LONGEST_SWEEP : wanted;
  }

  /**
   * Takes a client to its route; the bytes of the greeting are owned here if it could be taken.
   *
   * @param certificate the name of the one to show
   * @return false if there is no certificate
   */
  public boolean begin(
      TerminatedRoute route,
      String certificate,
      Routing routing,
      ListenerTraffic traffic,
      Channel channel,
      Greeting greeting) {
    Opening opening = certificates.open(certificate, greeting.hello(), channel.alloc());
    return switch (opening) {
      case Opening.Unavailable() -> false;
      case Opening.Refused(ByteBuf alert) -> {
        greeting.bytes().release();
        route.traffic().opened();
        route.traffic().closed(CloseCause.TLS_FAILED, 0);
        traffic.failed(route.route().hostname(), HandshakeFailure.NO_APPLICATION_PROTOCOL);
        channel.writeAndFlush(alert).addListener(ChannelFutureListener.CLOSE);
        yield true;
      }
      case Opening.Opened(SslHandler tls) -> {
        prepare(channel);
        new L7Handler(terms, route, routing, traffic, greeting).begin(channel, tls);
        yield true;
      }
    };
  }

  /** A client that has finished is gone: HTTP knows no half-closed connections. */
  private void prepare(Channel channel) {
    channel.config().setRecvByteBufAllocator(receive).setWriteBufferWaterMark(WATER_MARKS);
    if (channel.config() instanceof SocketChannelConfig config) {
      config.setAllowHalfClosure(false);
    }
  }
}
