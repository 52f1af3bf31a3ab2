package dev.gatehouse.proxy.l7;

import dev.gatehouse.net.listen.ClientAddress;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.tls.ServerContext.Agreed;
import dev.gatehouse.proxy.exchange.ClientConnection;
import dev.gatehouse.proxy.exchange.TerminatedRoute;
import dev.gatehouse.proxy.hello.Greeting;
import dev.gatehouse.proxy.hello.SecondHelloHandler;
import dev.gatehouse.proxy.l7.connection.ConnectionEnd;
import dev.gatehouse.proxy.l7.connection.HttpTerms;
import dev.gatehouse.proxy.l7.connection.L7Connection;
import dev.gatehouse.proxy.l7.connection.Routing;
import dev.gatehouse.proxy.l7.http1.Http1Frontend;
import dev.gatehouse.proxy.l7.http2.Http2Frontend;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.proxy.traffic.HandshakeFailure;
import dev.gatehouse.proxy.traffic.ListenerTraffic;
import dev.gatehouse.proxy.upstream.TlsSession;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tls.ServerName;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection from its ClientHello to its end: the handshake, then whoever speaks the
 * protocol that was agreed on.
 */
final class L7Handler extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(L7Handler.class);

  private static final String NAME = "l7";
  private static final String TLS = "tls";
  private static final String HTTP_2 = "h2";
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final HttpTerms shared;
  private final TerminatedRoute route;
  private final Routing routing;
  private final ListenerTraffic traffic;
  private final Greeting greeting;
  private final ConnectionEnd end = new ConnectionEnd();
  private final long begunNanos;
  private boolean agreed;
  private boolean failed;

  L7Handler(
      HttpTerms shared,
      TerminatedRoute route,
      Routing routing,
      ListenerTraffic traffic,
      Greeting greeting) {
    this.shared = shared;
    this.route = route;
    this.routing = routing;
    this.traffic = traffic;
    this.greeting = greeting;
    this.begunNanos = shared.now();
  }

  /** Hands the hello to TLS, from its first byte. */
  void begin(Channel channel, SslHandler tls) {
    route.traffic().opened();
    channel.closeFuture().addListener(_ -> closed(channel));
    tls.setHandshakeTimeoutMillis(shared.settings().tls().handshakeTimeout().toMillis());
    SecondHelloHandler second = new SecondHelloHandler(greeting.hello(), () -> changed(channel));
    channel
        .pipeline()
        .addLast(SecondHelloHandler.NAME, second)
        .addLast(TLS, tls)
        .addLast(NAME, this);
    ChannelHandlerContext context = channel.pipeline().context(second);
    ByteBuf bytes = greeting.bytes();
    context.fireChannelRead(bytes.readRetainedSlice(greeting.length()));
    if (bytes.isReadable()) {
      second.channelRead(context, bytes);
    } else {
      bytes.release();
    }
    context.fireChannelReadComplete();
  }

  private void changed(Channel channel) {
    failed(channel.pipeline().context(this), HandshakeFailure.NAME_CHANGED);
  }

  private void closed(Channel channel) {
    route.traffic().closed(end.cause(), shared.now() - begunNanos);
    shared.exchanges().pool().clientGone(channel);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done) {
      handshaken(context, done);
    } else if (event == Listener.Event.DRAIN && !agreed) {
      end.because(CloseCause.SHUTDOWN);
      Refusal.reset(context.channel());
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // the completion of the handshake tells the same, and why
    end.because(CloseCause.TLS_FAILED);
    context.close();
  }

  private void handshaken(ChannelHandlerContext context, SslHandshakeCompletionEvent done) {
    if (!done.isSuccess()) {
      failed(context, HandshakeFailure.of(done.cause()));
      context.close();
      return;
    }
    Agreed what = Agreed.of((SslHandler) context.pipeline().get(TLS));
    if (!isSameName(what)) {
      failed(context, HandshakeFailure.NAME_CHANGED);
      context.close();
      return;
    }
    agreed = true;
    traffic.agreed(
        route.route().hostname(),
        what.version(),
        what.resumed(),
        (shared.now() - begunNanos) / NANOS);
    speak(context, what);
  }

  /** Whatever was seen of a second hello, it must not lead a client past the first. */
  private boolean isSameName(Agreed what) {
    Optional<ServerName> later = what.serverName().flatMap(ServerName::parse);
    return later.equals(greeting.hello().serverName());
  }

  private void failed(ChannelHandlerContext context, HandshakeFailure cause) {
    if (failed) {
      return;
    }
    failed = true;
    end.because(CloseCause.TLS_FAILED);
    traffic.failed(route.route().hostname(), cause);
    log.atInfo()
        .setMessage("tls_handshake_failed")
        .addKeyValue("listener", traffic.listener())
        .addKeyValue("route", route.route().hostname())
        .addKeyValue("client", ClientAddress.of(context.channel()))
        .addKeyValue("cause", cause.label())
        .log();
  }

  private void speak(ChannelHandlerContext context, Agreed what) {
    Channel channel = context.channel();
    ClientConnection client =
        new ClientConnection(
            traffic,
            ClientAddress.destination(channel).port(),
            channel,
            ClientAddress.peer(channel),
            ClientAddress.of(channel),
            greeting.hello(),
            what.alpn().map(Bytes::utf8),
            new TlsSession(what.version(), what.cipher()));
    L7Connection connection = new L7Connection(shared, client, route, routing, end);
    ChannelHandler speaker =
        what.alpn().filter(HTTP_2::equals).isPresent()
            ? Http2Frontend.of(connection)
            : new Http1Frontend(connection);
    channel.pipeline().addLast("http", speaker).remove(this);
  }
}
