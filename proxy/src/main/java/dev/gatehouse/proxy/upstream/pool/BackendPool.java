package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.tls.client.ClientContexts;
import dev.gatehouse.proxy.config.PoolSettings;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.upstream.UpstreamDialer;
import dev.gatehouse.proxy.upstream.http.BackendEvents;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections to the backends of all routes, each on the loop of the clients that it serves.
 *
 * <p>A connection that serves nobody is kept for a while. Those of different routes, settings or
 * protocols never stand in for each other, nor do those that told a backend of one client serve
 * another.
 */
public final class BackendPool {

  private final UpstreamDialer dialer;
  private final ClientContexts contexts;
  private final LoopSweep sweep;
  private final Ticker ticker;
  private final Map<EventLoop, LoopPool> loops = new ConcurrentHashMap<>();
  private volatile PoolSettings settings;
  private volatile Duration connectTimeout;
  private volatile boolean closing;

  public BackendPool(
      UpstreamDialer dialer,
      ClientContexts contexts,
      LoopSweep sweep,
      Ticker ticker,
      PoolSettings settings,
      Duration connectTimeout) {
    this.dialer = dialer;
    this.contexts = contexts;
    this.sweep = sweep;
    this.ticker = ticker;
    this.settings = settings;
    this.connectTimeout = connectTimeout;
  }

  /** Follows other settings, for what begins from now on. */
  public void follow(PoolSettings next, Duration nextConnectTimeout) {
    settings = next;
    connectTimeout = nextConnectTimeout;
  }

  /** A wait for a connection. */
  public interface Waiting {

    /** Nobody waits any more; nothing is told of it from now on. */
    void cancel();
  }

  /**
   * Finds or makes a connection; on the client's loop.
   *
   * @param fresh whether it must be a new one, since an old one has just failed
   * @param events told at once where a connection is there
   */
  public Waiting open(Asking asking, boolean fresh, BackendEvents events) {
    Connecting connecting = new Connecting(this, pool(asking.loop()), asking, fresh, events);
    connecting.begin();
    return connecting;
  }

  /** A client's connection has ended; on its loop. */
  public void clientGone(Channel client) {
    LoopPool pool = loops.get(client.eventLoop());
    if (pool != null) {
      pool.ownerGone(client.id());
    }
  }

  /** Ends all connections, and keeps none any more. */
  public void close() {
    closing = true;
    loops.forEach((loop, pool) -> loop.execute(pool::closeAll));
  }

  boolean isClosing() {
    return closing;
  }

  PoolSettings settings() {
    return settings;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  UpstreamDialer dialer() {
    return dialer;
  }

  ClientContexts contexts() {
    return contexts;
  }

  LoopSweep sweep() {
    return sweep;
  }

  long now() {
    return ticker.nanos();
  }

  private LoopPool pool(EventLoop loop) {
    return loops.computeIfAbsent(loop, first -> new LoopPool(this, first));
  }
}
