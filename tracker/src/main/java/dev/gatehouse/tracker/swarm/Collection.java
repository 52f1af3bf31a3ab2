package dev.gatehouse.tracker.swarm;

import dev.gatehouse.tracker.client.ClientCensus;
import dev.gatehouse.tracker.client.ClientCounts;

/**
 * One walk through all swarms that takes out everybody whose time was over when it began.
 *
 * <p>Each {@link #step} holds one shard for a bounded time, and everybody else gets in between two
 * of them. What they add, move or remove in the meantime does not make the walk miss anyone.
 */
public final class Collection {

  /** The last size of each class of swarms, by {@link #swarmsBySize}. */
  private static final int[] LAST_SIZES = {1, 4, 16, 64, 256, 1024};

  private final Shard[] shards;
  private final int limit;
  private int shard;
  private int chain;

  private long removedPeers;
  private long removedSwarms;
  private final ClientCensus clients = new ClientCensus();
  private final long[] swarmsBySize = new long[LAST_SIZES.length + 1];

  Collection(Shard[] shards, int limit) {
    this.shards = shards;
    this.limit = limit;
  }

  /** Goes one step on; false once there are none left. */
  public boolean step() {
    if (shard == shards.length) {
      return false;
    }
    int next = shards[shard].collect(chain, limit, this);
    if (next == Shard.DONE) {
      shard++;
      chain = 0;
    } else {
      chain = next;
    }
    return true;
  }

  void removed(int peers, int swarms) {
    removedPeers += peers;
    removedSwarms += swarms;
  }

  void met(Swarm swarm) {
    swarm.count(clients);
    int peers = swarm.count();
    int size = 0;
    while (size < LAST_SIZES.length && peers > LAST_SIZES[size]) {
      size++;
    }
    swarmsBySize[size]++;
  }

  public long removedPeers() {
    return removedPeers;
  }

  public long removedSwarms() {
    return removedSwarms;
  }

  /** What software the peers are that are left. */
  public ClientCounts clients() {
    return clients.counts();
  }

  /** How many swarms have 1, 2–4, 5–16, 17–64, 65–256, 257–1024 and more peers. */
  public long[] swarmsBySize() {
    return swarmsBySize.clone();
  }
}
