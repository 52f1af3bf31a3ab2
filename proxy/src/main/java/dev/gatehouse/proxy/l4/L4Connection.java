package dev.gatehouse.proxy.l4;

import dev.gatehouse.kernel.failure.Failure;
import dev.gatehouse.net.connect.ConnectionOptions;
import dev.gatehouse.net.listen.ClientAddress;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.splice.SpliceRelay;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.proxy.hello.Greeting;
import dev.gatehouse.proxy.log.ConnectionEnded;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.proxy.upstream.BackendHeader;
import dev.gatehouse.proxy.upstream.Connected;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection from its route to its end: dialled, greeted, relayed, accounted for.
 *
 * <p>Lives on the client's loop, as does the backend's leg. It ends once, by {@link #end}, whoever
 * finds the reason: a relay, the sweep, or a socket that somebody else has closed. Bytes are copied
 * at first; a connection that turns out to be large is handed to the kernel where that works.
 */
final class L4Connection extends LoopSweep.Swept implements CopyRelay.Observer, Leg.Owner {

  private static final Logger log = LoggerFactory.getLogger(L4Connection.class);

  /** What a client may send beyond its hello before a backend takes it. */
  private static final int MOST_EARLY = 16 * 1024;

  private final Passthrough shared;
  private final PassthroughRoute route;
  private final Channel client;
  private final Greeting greeting;
  private final long startedNanos;
  private final Leg clientLeg = new Leg(Side.CLIENT, this);
  private final Leg backendLeg = new Leg(Side.BACKEND, this);
  private @Nullable Future<Connected> dialing;
  private @Nullable Connected connected;
  private @Nullable CopyRelay copy;
  private @Nullable SpliceRelay splice;
  private @Nullable Side firstEnded;
  private boolean keptAlive;
  private boolean ended;
  private long clientReported;
  private long backendReported;
  private long lastProgressNanos;

  /** Takes over the bytes of the greeting. */
  L4Connection(Passthrough shared, PassthroughRoute route, Channel client, Greeting greeting) {
    this.shared = shared;
    this.route = route;
    this.client = client;
    this.greeting = greeting;
    this.startedNanos = shared.now();
  }

  void start() {
    route.traffic().opened();
    client.pipeline().addLast(Leg.NAME, clientLeg);
    clientLeg.addReceived(greeting.bytes().readableBytes());
    Future<Connected> begun =
        shared.dialer().dial(loop(), route.backends(), shared.connectTimeout(), route.traffic());
    dialing = begun;
    begun.addListener((FutureListener<Connected>) this::dialed);
  }

  private void dialed(Future<Connected> outcome) {
    if (ended) {
      if (outcome.isSuccess()) {
        outcome.getNow().channel().close();
      }
    } else if (outcome.isSuccess()) {
      relay(outcome.getNow());
    } else {
      end(CloseCause.DIAL_FAILED);
    }
  }

  private void relay(Connected to) {
    connected = to;
    shared.setBuffers(to.channel());
    to.channel().pipeline().addLast(Leg.NAME, backendLeg);
    route.route().header().ifPresent(told -> backendLeg.write(header(told)));
    backendLeg.write(greeting.bytes());
    lastProgressNanos = shared.now();
    shared.sweep().add(loop(), this);
    CopyRelay begun = new CopyRelay(clientLeg, backendLeg, shared.spliceAfter(), this);
    copy = begun;
    begun.start();
  }

  private ByteBuf header(Set<SentTlv> told) {
    ClientHello hello = greeting.hello();
    Optional<Bytes> alpn = hello.alpn().stream().findFirst();
    return BackendHeader.of(client, hello, alpn, Optional.empty(), told);
  }

  @Override
  public void isLarge() {
    if (ended || copy == null || connected == null) {
      return;
    }
    clientLeg.keepHalfOpen(true);
    backendLeg.keepHalfOpen(true);
    Optional<SpliceRelay> begun =
        shared.splicing().join(client, connected.channel(), copy.passedOn(), this);
    splice = begun.orElse(null);
    if (begun.isEmpty()) {
      copy.resume();
    }
  }

  @Override
  public void joined() {
    // bytes flow, and the sweep sees them
  }

  @Override
  public void halfClosed(Side from) {
    if (firstEnded == null) {
      firstEnded = from;
    }
  }

  @Override
  public void finished() {
    end(firstEnded == Side.BACKEND ? CloseCause.BACKEND_CLOSED : CloseCause.CLIENT_CLOSED);
  }

  @Override
  public void failed(Side culprit, Throwable cause) {
    Failure.Culprit whose =
        switch (culprit) {
          case CLIENT -> Failure.Culprit.DOWNSTREAM;
          case BACKEND -> Failure.Culprit.UPSTREAM;
        };
    switch (Failure.of(cause, whose)) {
      case Failure.Expected _ -> end(reset(culprit));
      case Failure.Unexpected(Throwable unexpected, _, _) -> {
        log.atWarn()
            .setMessage("relay_failed")
            .addKeyValue("route", route.route().hostname())
            .setCause(unexpected)
            .log();
        end(CloseCause.ERROR);
      }
    }
  }

  @Override
  public void closed() {
    end(CloseCause.SHUTDOWN);
  }

  @Override
  public void look(long nowNanos) {
    keepAlive();
    if (report()) {
      lastProgressNanos = nowNanos;
      return;
    }
    Duration limit = firstEnded == null ? idleTimeout() : shared.halfClosedTimeout();
    if (limit.isPositive() && nowNanos - lastProgressNanos >= limit.toNanos()) {
      end(firstEnded == null ? CloseCause.IDLE : CloseCause.HALF_CLOSED);
    }
  }

  private Duration idleTimeout() {
    return route.route().idleTimeout().orElse(shared.idleTimeout());
  }

  private void keepAlive() {
    if (!keptAlive && connected != null) {
      keptAlive = true;
      ConnectionOptions.keepAlive(client);
      ConnectionOptions.keepAlive(connected.channel());
    }
  }

  // the client's leg while its backend is being dialled

  @Override
  public void readComplete(Leg leg) {
    // to go on reading costs nothing, to stop and begin again two system calls
    if (leg.received() - greeting.bytes().readableBytes() < MOST_EARLY) {
      leg.read();
    }
  }

  @Override
  public void writable(Leg leg) {
    // nothing was written yet
  }

  @Override
  public void inputEnded(Leg leg) {
    // what it sent so far may be all that it has to say; the relay will ask the leg
  }

  @Override
  public void broken(Leg leg, @Nullable Throwable cause) {
    if (cause == null) {
      closed();
    } else {
      failed(leg.side(), cause);
    }
  }

  private void end(CloseCause cause) {
    if (ended) {
      return;
    }
    ended = true;
    shared.sweep().remove(loop(), this);
    if (splice != null) {
      splice.close();
      shared.splicing().ended();
    }
    report();
    long nanos = shared.now() - startedNanos;
    route.traffic().closed(cause, nanos);
    if (shared.connectionLog().wants(cause.isOrderly())) {
      shared.connectionLog().ended(line(cause, nanos));
    }
    closeSockets(cause.isOrderly());
  }

  private void closeSockets(boolean orderly) {
    if (connected == null) {
      greeting.bytes().release();
      if (dialing != null) {
        dialing.cancel(false);
      }
    } else if (orderly) {
      connected.channel().close();
    } else {
      Refusal.reset(connected.channel());
    }
    if (orderly) {
      client.close();
    } else {
      Refusal.reset(client);
    }
  }

  /** Adds what has come in since the last time; false if that is nothing. */
  private boolean report() {
    long fromClient = received(clientLeg) - clientReported;
    long fromBackend = received(backendLeg) - backendReported;
    if (fromClient == 0 && fromBackend == 0) {
      return false;
    }
    clientReported += fromClient;
    backendReported += fromBackend;
    route.traffic().received(Side.CLIENT, fromClient);
    route.traffic().received(Side.BACKEND, fromBackend);
    return true;
  }

  private ConnectionEnded line(CloseCause cause, long nanos) {
    return new ConnectionEnded(
        route.listener(),
        ClientAddress.peer(client),
        ClientAddress.of(client),
        greeting.hello(),
        route.route().hostname().toString(),
        connected == null ? "" : connected.backend().destination().toString(),
        TimeUnit.NANOSECONDS.toMillis(nanos),
        received(clientLeg),
        received(backendLeg),
        cause.label());
  }

  private long received(Leg leg) {
    return leg.received() + (splice == null ? 0 : splice.received(leg.side()));
  }

  private static CloseCause reset(Side by) {
    return switch (by) {
      case CLIENT -> CloseCause.CLIENT_RESET;
      case BACKEND -> CloseCause.BACKEND_RESET;
    };
  }

  private EventLoop loop() {
    return client.eventLoop();
  }
}
