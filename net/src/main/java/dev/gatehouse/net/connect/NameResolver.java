package dev.gatehouse.net.connect;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.time.Ticker;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of names, without waiting where somebody has asked before.
 *
 * <p>A lookup blocks in the C library and would hold the carrier of a virtual thread, so there are
 * a few platform threads for it. One lookup at a time runs for a name, and whoever asks meanwhile
 * waits for that one. Names are expected to come from configuration alone.
 */
public final class NameResolver implements Part {

  /** The most names that are remembered; a name beyond them is not resolved. */
  static final int MAX_NAMES = 4096;

  /** The most addresses that are tried for a name. */
  static final int MAX_ADDRESSES = 8;

  private static final Logger log = LoggerFactory.getLogger(NameResolver.class);

  private static final int THREADS = 4;
  private static final long IDLE_SECONDS = 30;

  private final NameLookup lookup;
  private final Ticker ticker;
  private final Map<String, CachedName> names = new ConcurrentHashMap<>();

  /** A thread begins with the first names and ends when there are none to look up. */
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_NAMES),
          named());

  public NameResolver(NameLookup lookup, Ticker ticker) {
    this.lookup = lookup;
    this.ticker = ticker;
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public String name() {
    return "name resolver";
  }

  /** There is nothing to start before somebody asks. */
  @Override
  public void start() {}

  /**
   * The addresses of a name, at least one, or a {@link DialException}.
   *
   * <p>Completes on the loop; at once, if called there, for a name that is known.
   */
  Future<List<InetAddress>> resolve(EventLoop loop, String name) {
    Promise<List<InetAddress>> promise = loop.newPromise();
    CachedName cached = cached(name);
    if (cached == null) {
      return promise.setFailure(new DialException(name, DialFailure.DNS, null));
    }
    if (cached.ask(promise, ticker.nanos())) {
      begin(cached);
    }
    if (!promise.isDone()) {
      promise.addListener(_ -> cached.leave(promise));
    }
    return promise;
  }

  /**
   * Lookups in progress are left to end on their own; whoever waits for one hears of no address.
   */
  @Override
  public void close() {
    threads.shutdownNow();
    names.values().forEach(cached -> cached.answer(List.of(), ticker.nanos()));
  }

  private @Nullable CachedName cached(String name) {
    CachedName known = names.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() >= MAX_NAMES) {
      long now = ticker.nanos();
      names.values().removeIf(cached -> cached.isForgotten(now));
    }
    return names.size() < MAX_NAMES ? names.computeIfAbsent(name, CachedName::new) : null;
  }

  private void begin(CachedName cached) {
    try {
      threads.execute(() -> lookUp(cached));
    } catch (RejectedExecutionException closed) {
      cached.answer(List.of(), ticker.nanos());
    }
  }

  private void lookUp(CachedName cached) {
    List<InetAddress> found = List.of();
    try {
      found = lookup.lookUp(cached.name());
    } catch (Exception e) {
      log.atDebug()
          .setMessage("name_lookup_failed")
          .addKeyValue("name", cached.name())
          .addKeyValue("err", e.getMessage())
          .log();
    } finally {
      cached.answer(found.subList(0, Math.min(found.size(), MAX_ADDRESSES)), ticker.nanos());
    }
  }

  private static ThreadFactory named() {
    return Thread.ofPlatform().daemon().name("names-", 0).factory();
  }
}
