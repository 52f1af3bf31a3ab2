package dev.gatehouse.proxy.upstream;

import dev.gatehouse.net.connect.DialFailure;
import dev.gatehouse.net.connect.Dialer;
import dev.gatehouse.wire.proxyprotocol.ProxyHeaderEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to one backend from time to time to see whether it is there; confined to its loop. */
final class BackendCheck implements FutureListener<Channel> {

  private static final Logger log = LoggerFactory.getLogger(BackendCheck.class);

  private final Backend backend;
  private final HealthCheck settings;
  private final Dialer dialer;
  private final EventLoop loop;
  private final RiseAndFall state = new RiseAndFall();
  private @Nullable Future<Channel> running;

  BackendCheck(Backend backend, HealthCheck settings, Dialer dialer, EventLoop loop) {
    this.backend = backend;
    this.settings = settings;
    this.dialer = dialer;
    this.loop = loop;
  }

  /** Begins a check, unless the one before it has not ended. */
  void run() {
    assert loop.inEventLoop();
    if (running == null) {
      Future<Channel> dial = dialer.dial(loop, backend.destination(), settings.timeout());
      running = dial;
      dial.addListener(this);
    }
  }

  /** The outcome of a check. */
  @Override
  public void operationComplete(Future<Channel> dial) {
    running = null;
    if (dial.isSuccess()) {
      hangUp(dial.getNow());
      succeeded();
    } else if (!dial.isCancelled()) {
      failed(DialFailure.of(dial.cause()));
    }
  }

  /** Nobody checks any more, so nobody says that it is down. */
  void stop() {
    assert loop.inEventLoop();
    if (running != null) {
      running.cancel(false);
    }
    backend.hold(false);
  }

  private void succeeded() {
    backend.dialled();
    if (state.changes(true)) {
      backend.hold(false);
      log.atInfo().setMessage("backend_up").addKeyValue("backend", backend).log();
    }
  }

  private void failed(DialFailure failure) {
    // no descriptor left is our own trouble, and keeps nobody away
    if (failure != DialFailure.FD_LIMIT && state.changes(false)) {
      backend.hold(true);
      log.atWarn()
          .setMessage("backend_down")
          .addKeyValue("backend", backend)
          .addKeyValue("cause", failure.label())
          .log();
    }
  }

  private void hangUp(Channel channel) {
    if (!settings.proxyHeader()) {
      channel.close();
      return;
    }
    ByteBuf header = channel.alloc().buffer();
    ProxyHeaderEncoder.writeLocal(header);
    channel.writeAndFlush(header).addListener(ChannelFutureListener.CLOSE);
  }
}
