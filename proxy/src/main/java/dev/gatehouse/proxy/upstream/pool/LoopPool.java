package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.proxy.config.PoolSettings;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.http.BackendConnection;
import io.netty.channel.ChannelId;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connections to backends that live on one loop; touched by it alone. */
final class LoopPool extends LoopSweep.Swept {

  private final BackendPool shared;
  private final EventLoop loop;
  private final Map<Shelf.Kind, Map<Backend, Shelf>> shelves = new HashMap<>();

  /** Those who wait for a connection that others will share with them. */
  private final Map<Shelf.Kind, List<Connecting>> waiting = new HashMap<>();

  private boolean swept;

  LoopPool(BackendPool shared, EventLoop loop) {
    this.shared = shared;
    this.loop = loop;
  }

  PoolSettings settings() {
    return shared.settings();
  }

  long now() {
    return shared.now();
  }

  boolean isClosing() {
    return shared.isClosing();
  }

  Optional<BackendConnection> spare(Shelf.Kind kind, Backend backend) {
    Map<Backend, Shelf> known = shelves.get(kind);
    return known == null
        ? Optional.empty()
        : Optional.ofNullable(known.get(backend)).flatMap(Shelf::take);
  }

  boolean hasSpare(Shelf.Kind kind, Backend backend) {
    Map<Backend, Shelf> known = shelves.get(kind);
    return known != null && known.containsKey(backend) && known.get(backend).hasFree();
  }

  Shelf shelf(Shelf.Kind kind, Backend backend) {
    return shelves
        .computeIfAbsent(kind, _ -> new HashMap<>())
        .computeIfAbsent(backend, _ -> new Shelf(this, kind, backend));
  }

  /** Whether somebody makes a connection already; then the other waits until that is done. */
  boolean awaits(Shelf.Kind kind, Connecting other) {
    List<Connecting> others = waiting.get(kind);
    if (others == null) {
      waiting.put(kind, new ArrayList<>());
      return false;
    }
    others.add(other);
    return true;
  }

  /** Nobody makes one any more; those who waited for it. */
  List<Connecting> arrived(Shelf.Kind kind) {
    List<Connecting> woken = waiting.remove(kind);
    return woken == null ? List.of() : woken;
  }

  /** Connections that belong to one client alone end with it. */
  void ownerGone(ChannelId owner) {
    List.copyOf(shelves.keySet()).stream()
        .filter(kind -> kind.owner().filter(owner::equals).isPresent())
        .forEach(this::closeAll);
  }

  void closeAll() {
    List.copyOf(shelves.keySet()).forEach(this::closeAll);
  }

  private void closeAll(Shelf.Kind kind) {
    Map<Backend, Shelf> ended = shelves.remove(kind);
    if (ended != null) {
      ended.values().forEach(Shelf::closeAll);
    }
  }

  /** There is something that grows old. */
  void sweepLater() {
    if (!swept) {
      swept = true;
      shared.sweep().add(loop, this);
    }
  }

  @Override
  public void look(long nowNanos) {
    Duration idle = settings().idleTimeout();
    for (Map<Backend, Shelf> of : shelves.values()) {
      if (idle.isPositive()) {
        List.copyOf(of.values()).forEach(shelf -> shelf.evict(idle.toNanos()));
      }
      of.values().removeIf(Shelf::isEmpty);
    }
    shelves.values().removeIf(Map::isEmpty);
    if (shelves.isEmpty()) {
      swept = false;
      shared.sweep().remove(loop, this);
    }
  }
}
