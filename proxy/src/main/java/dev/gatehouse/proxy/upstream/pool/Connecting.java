package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.net.connect.ConnectionOptions;
import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.connect.DialFailure;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.BackendHeader;
import dev.gatehouse.proxy.upstream.Connected;
import dev.gatehouse.proxy.upstream.UpstreamDialer;
import dev.gatehouse.proxy.upstream.http.BackendConnection;
import dev.gatehouse.proxy.upstream.http.BackendEvents;
import dev.gatehouse.proxy.upstream.http.BackendFailure;
import dev.gatehouse.proxy.upstream.http.Http1Backend;
import dev.gatehouse.proxy.upstream.http.Http2Backend;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One exchange's way to a connection: a spare one, else dialled, introduced and negotiated. */
final class Connecting implements BackendPool.Waiting {

  private final BackendPool shared;
  private final LoopPool pool;
  private final Asking asking;
  private final boolean fresh;
  private final BackendEvents events;
  private final Shelf.Kind kind;
  private @Nullable Future<Connected> dialing;
  private @Nullable Channel handshaking;
  private boolean leads;
  private boolean over;

  Connecting(
      BackendPool shared, LoopPool pool, Asking asking, boolean fresh, BackendEvents events) {
    this.shared = shared;
    this.pool = pool;
    this.asking = asking;
    this.fresh = fresh;
    this.events = events;
    Optional<Wire> learned = asking.upstream().memory().known(shared.now());
    Wire wire = Wire.of(asking.upstream(), asking.request(), learned);
    this.kind = new Shelf.Kind(asking.upstream(), wire, asking.owner());
  }

  void begin() {
    if (over) {
      return;
    }
    if (asking.request().isGrpc() && kind.wire() == Wire.HTTP_1) {
      fail(new BackendFailure.OtherProtocol());
    } else if (isFull()) {
      fail(new BackendFailure.Full());
    } else {
      dial();
    }
  }

  /** Whoever needs a shared connection and finds none waits for the one that is being made. */
  private void dial() {
    boolean sharing = kind.wire() == Wire.HTTP_2 && !fresh;
    if (sharing) {
      Optional<Connected> there = anySpare();
      if (there.isPresent()) {
        connected(there.get());
        return;
      }
      if (pool.awaits(kind, this)) {
        return;
      }
      leads = true;
    }
    Future<Connected> begun =
        shared
            .dialer()
            .dial(
                asking.loop(),
                asking.upstream().backends(),
                shared.connectTimeout(),
                asking.upstream().events(),
                fresh ? UpstreamDialer.Spare.NONE : this::spare);
    dialing = begun;
    begun.addListener((FutureListener<Connected>) this::dialed);
  }

  private Optional<Connected> anySpare() {
    return asking.upstream().backends().backends().stream()
        .map(this::spare)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Connected> spare(Backend backend) {
    return pool.spare(kind, backend)
        .map(connection -> new Connected(connection.channel(), backend, 0));
  }

  private boolean isFull() {
    int most = shared.settings().maxConnections();
    return most > 0
        && asking.upstream().backends().backends().stream()
            .allMatch(backend -> backend.open() >= most && !pool.hasSpare(kind, backend));
  }

  private void dialed(Future<Connected> outcome) {
    if (over) {
      outcome.addListener((FutureListener<Connected>) Connecting::drop);
    } else if (outcome.isSuccess()) {
      connected(outcome.getNow());
    } else {
      asking.upstream().memory().forget();
      fail(new BackendFailure.NotDialled(DialFailure.of(outcome.cause())));
    }
  }

  private static void drop(Future<Connected> outcome) {
    if (outcome.isSuccess()
        && outcome.getNow().channel().attr(BackendConnection.KEY).get() == null) {
      outcome.getNow().channel().close();
    }
  }

  private void connected(Connected to) {
    BackendConnection known = to.channel().attr(BackendConnection.KEY).get();
    if (known != null) {
      over = true;
      events.opened(known.open(asking.request(), events));
      arrived();
      return;
    }
    introduce(to.channel());
    if (asking.upstream().tls().isPresent()) {
      negotiate(to, asking.upstream().tls().get());
    } else {
      ready(to, kind.wire());
    }
  }

  private void introduce(Channel channel) {
    if (channel.config() instanceof SocketChannelConfig config) {
      config.setAllowHalfClosure(false);
    }
    ConnectionOptions.keepAlive(channel);
    asking
        .upstream()
        .header()
        .ifPresent(
            told ->
                channel.write(
                    BackendHeader.of(
                        asking.client(),
                        asking.hello(),
                        asking.alpn(),
                        Optional.of(asking.tls()),
                        told)));
  }

  private void negotiate(Connected to, UpstreamTls tls) {
    Destination destination = to.backend().destination();
    Optional<SslHandler> handler =
        shared
            .contexts()
            .open(
                tls.trust(),
                kind.wire().protocols(),
                asking.name(destination),
                destination.port(),
                to.channel().alloc());
    if (handler.isEmpty()) {
      to.channel().close();
      refused(to.backend(), DialFailure.CERTIFICATE);
      return;
    }
    SslHandler speaker = handler.get();
    speaker.setHandshakeTimeoutMillis(shared.connectTimeout().toMillis());
    handshaking = to.channel();
    to.channel().pipeline().addLast("tls", speaker).addLast(new HandshakeErrors());
    to.channel().read();
    speaker.handshakeFuture().addListener(done -> negotiated(to, speaker, done));
  }

  private void negotiated(Connected to, SslHandler speaker, Future<?> handshake) {
    handshaking = null;
    if (over) {
      to.channel().close();
      return;
    }
    if (!handshake.isSuccess()) {
      to.channel().close();
      refused(to.backend(), DialFailure.ofHandshake(handshake.cause()));
      return;
    }
    String chosen = speaker.applicationProtocol();
    if (kind.wire() == Wire.HTTP_2 && !"h2".equals(chosen)) {
      to.channel().close();
      refused(to.backend(), DialFailure.ALPN);
      return;
    }
    ready(to, "h2".equals(chosen) ? Wire.HTTP_2 : Wire.HTTP_1);
  }

  private void refused(Backend backend, DialFailure cause) {
    asking.upstream().events().failed(backend, cause);
    fail(new BackendFailure.NotDialled(cause));
  }

  private void ready(Connected to, Wire spoken) {
    over = true;
    if (asking.request().isGrpc() && spoken == Wire.HTTP_1) {
      to.channel().close();
      fail(new BackendFailure.OtherProtocol());
      return;
    }
    Shelf shelf = pool.shelf(kind, to.backend());
    BackendConnection made = install(to, spoken, shelf);
    to.channel().attr(BackendConnection.KEY).set(made);
    shelf.opened(made);
    events.opened(made.open(asking.request(), events));
    arrived();
  }

  private BackendConnection install(Connected to, Wire spoken, Shelf shelf) {
    return switch (spoken) {
      case HTTP_1, NEGOTIATED -> Http1Backend.install(to.channel(), to.backend(), shelf);
      case HTTP_2 ->
          Http2Backend.install(
              to.channel(), to.backend(), shelf, asking.upstream().tls().isPresent());
    };
  }

  private void fail(BackendFailure failure) {
    over = true;
    for (Connecting other : followers()) {
      if (!other.over) {
        other.fail(failure);
      }
    }
    events.failed(failure);
  }

  /** Those who wait for this one; each looks for itself. */
  private void arrived() {
    followers().forEach(Connecting::begin);
  }

  private List<Connecting> followers() {
    if (!leads) {
      return List.of();
    }
    leads = false;
    return pool.arrived(kind);
  }

  @Override
  public void cancel() {
    if (over) {
      return;
    }
    over = true;
    if (dialing != null) {
      dialing.cancel(false);
    }
    if (handshaking != null) {
      handshaking.close();
    }
    arrived();
  }
}
