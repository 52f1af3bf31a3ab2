package dev.gatehouse.tracker.swarm;

import org.jspecify.annotations.Nullable;

/**
 * The swarms that nobody is in and that are kept for their snatches, by when they were last used.
 */
final class SnatchMemory {

  private final int capacity;
  private @Nullable Swarm oldest;
  private @Nullable Swarm newest;
  private int size;

  SnatchMemory(int capacity) {
    this.capacity = capacity;
  }

  /** Whether this swarm is kept here. */
  boolean holds(Swarm swarm) {
    return swarm.older != null || swarm.newer != null || oldest == swarm;
  }

  /** Keeps a swarm as the one used last; gives the one that has to go for it, if one has. */
  @Nullable Swarm use(Swarm swarm) {
    if (holds(swarm)) {
      forget(swarm);
    }
    swarm.older = newest;
    if (newest == null) {
      oldest = swarm;
    } else {
      newest.newer = swarm;
    }
    newest = swarm;
    size++;
    Swarm gone = size > capacity ? oldest : null;
    if (gone != null) {
      forget(gone);
    }
    return gone;
  }

  void forget(Swarm swarm) {
    Swarm older = swarm.older;
    Swarm newer = swarm.newer;
    if (older == null) {
      oldest = newer;
    } else {
      older.newer = newer;
    }
    if (newer == null) {
      newest = older;
    } else {
      newer.older = older;
    }
    swarm.older = null;
    swarm.newer = null;
    size--;
  }
}
