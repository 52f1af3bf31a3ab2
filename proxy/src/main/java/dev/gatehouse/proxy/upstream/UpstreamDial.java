package dev.gatehouse.proxy.upstream;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.connect.DialFailure;
import dev.gatehouse.net.connect.Dialer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection's way through the backends of its group; all but {@link #cancel} on the loop. */
final class UpstreamDial extends DefaultPromise<Connected> implements FutureListener<Channel> {

  /** A client has waited long enough after three backends, and more would not help. */
  private static final int MAX_TRIES = 3;

  private final EventLoop loop;
  private final BackendGroup group;
  private final Duration connectTimeout;
  private final DialEvents events;
  private final Dialer dialer;
  private final Ticker ticker;
  private final UpstreamDialer.Spare spare;

  private long tried;
  private long begunNanos;
  private int asked = BackendGroup.NONE;
  private @Nullable Future<Channel> dialing;

  UpstreamDial(
      EventLoop loop,
      BackendGroup group,
      Duration connectTimeout,
      DialEvents events,
      Dialer dialer,
      Ticker ticker,
      UpstreamDialer.Spare spare) {
    super(loop);
    this.loop = loop;
    this.group = group;
    this.connectTimeout = connectTimeout;
    this.events = events;
    this.dialer = dialer;
    this.ticker = ticker;
    this.spare = spare;
  }

  void begin() {
    assert loop.inEventLoop();
    if (!isDone()) {
      ask(group.choose(tried, ticker.nanos()));
    }
  }

  /** What a backend answered. */
  @Override
  public void operationComplete(Future<Channel> dial) {
    if (isDone()) {
      abandon();
    } else if (dial.isSuccess()) {
      connected(group.backend(asked), dial.getNow());
    } else {
      failed(group.backend(asked), dial.cause());
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled && loop.inEventLoop()) {
      abandon();
    } else if (cancelled) {
      loop.execute(this::abandon);
    }
    return cancelled;
  }

  private void ask(int index) {
    asked = index;
    tried |= 1L << index;
    Optional<Connected> there = spare.to(group.backend(index));
    if (there.isPresent()) {
      trySuccess(there.get());
      return;
    }
    begunNanos = ticker.nanos();
    Future<Channel> dial = dialer.dial(loop, group.backend(index).destination(), connectTimeout);
    dialing = dial;
    dial.addListener(this);
  }

  private void connected(Backend taker, Channel channel) {
    long nanos = ticker.nanos() - begunNanos;
    taker.dialled();
    taker.opened();
    channel.closeFuture().addListener(_ -> taker.closed());
    events.connected(taker, nanos);
    if (!trySuccess(new Connected(channel, taker, nanos))) { // cancelled on another thread
      channel.close();
    }
  }

  private void failed(Backend backend, Throwable cause) {
    long now = ticker.nanos();
    DialFailure failure = DialFailure.of(cause);
    boolean ours = failure == DialFailure.FD_LIMIT;
    if (!ours) {
      backend.dialFailed(now);
    }
    events.failed(backend, failure);
    group.log().failed(backend, failure, now);
    boolean again = !ours && Long.bitCount(tried) < MAX_TRIES;
    int next = again ? group.choose(tried, now) : BackendGroup.NONE;
    if (next == BackendGroup.NONE) {
      tryFailure(cause);
    } else {
      ask(next);
    }
  }

  /** Nobody waits any more; a connection that has come about all the same is closed. */
  private void abandon() {
    Future<Channel> dial = dialing;
    if (dial != null && !dial.cancel(false) && dial.isSuccess()) {
      dial.getNow().close();
    }
  }
}
