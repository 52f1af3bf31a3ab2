package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.http.BackendConnection;
import dev.gatehouse.proxy.upstream.http.Keeper;
import dev.gatehouse.proxy.upstream.http.Keeper.Discard;
import io.netty.channel.ChannelId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The connections of one kind to one backend that can serve somebody, on one loop; the one that was
 * used last is the first to be used again, so that surplus ones grow old.
 */
final class Shelf implements Keeper {

  private static final long IN_USE = Long.MAX_VALUE;

  private final LoopPool pool;
  private final Kind kind;
  private final Backend backend;

  /** Since when each is idle. */
  private final SequencedMap<BackendConnection, Long> there = new LinkedHashMap<>();

  private int alive;

  /** What makes connections interchangeable. */
  record Kind(Upstream upstream, Wire wire, Optional<ChannelId> owner) {}

  Shelf(LoopPool pool, Kind kind, Backend backend) {
    this.pool = pool;
    this.kind = kind;
    this.backend = backend;
  }

  Kind kind() {
    return kind;
  }

  Backend backend() {
    return backend;
  }

  /** Whether no connection is here or may come back. */
  boolean isEmpty() {
    return alive == 0;
  }

  boolean hasFree() {
    return there.keySet().stream().anyMatch(BackendConnection::isFree);
  }

  /** One that can serve now. */
  Optional<BackendConnection> take() {
    for (BackendConnection last : there.sequencedKeySet().reversed()) {
      if (last.isFree()) {
        used(last);
        return Optional.of(last);
      }
    }
    return Optional.empty();
  }

  /** A connection has come about; it is used from the first moment. */
  void opened(BackendConnection connection) {
    alive++;
    counters().opened();
    if (connection.isShared()) {
      there.put(connection, IN_USE);
    }
  }

  private void used(BackendConnection connection) {
    counters().reused();
    Long since = connection.isShared() ? there.put(connection, IN_USE) : there.remove(connection);
    if (since != null && since != IN_USE) {
      counters().becameBusy();
    }
  }

  @Override
  public void idle(BackendConnection connection) {
    boolean full = !connection.isShared() && there.size() >= pool.settings().maxIdle();
    if (pool.isClosing() || full) {
      connection.close(Discard.FULL);
      return;
    }
    there.put(connection, pool.now());
    counters().becameIdle();
    pool.sweepLater();
  }

  @Override
  public void gone(BackendConnection connection, Discard reason) {
    Long since = there.remove(connection);
    if (since != null && since != IN_USE) {
      counters().becameBusy();
    }
    alive--;
    counters().closed();
    counters().discarded(reason);
  }

  @Override
  public void learned(boolean http2) {
    kind.upstream().memory().learn(http2 ? Wire.HTTP_2 : Wire.HTTP_1, pool.now());
  }

  /** Ends those that nobody has used for so long. */
  void evict(long idleNanos) {
    long now = pool.now();
    List.copyOf(there.entrySet()).stream()
        .filter(entry -> entry.getValue() != IN_USE && now - entry.getValue() >= idleNanos)
        .forEach(entry -> entry.getKey().close(Discard.IDLE));
  }

  void closeAll() {
    List.copyOf(there.keySet()).forEach(connection -> connection.close(Discard.CLOSED));
  }

  private PoolCounters counters() {
    return kind.upstream().counters();
  }
}
