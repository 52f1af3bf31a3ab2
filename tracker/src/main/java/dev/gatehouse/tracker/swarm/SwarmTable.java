package dev.gatehouse.tracker.swarm;

import dev.gatehouse.tracker.hash.SipHash;
import org.jspecify.annotations.Nullable;

/**
 * Swarms by their hash: chains, whose number doubles as swarms come and never falls.
 *
 * <p>A chain is known by the lower bits of the hash, so that doubling moves swarms only to chains
 * behind those that there were. Whoever walks the chains from the first to the last therefore meets
 * every swarm that stays, whatever is added and removed between two steps.
 */
final class SwarmTable {

  private static final int INITIAL_CHAINS = 4;

  private final SipHash sipHash;
  private @Nullable Swarm[] chains = new Swarm[INITIAL_CHAINS];
  private int size;

  SwarmTable(SipHash sipHash) {
    this.sipHash = sipHash;
  }

  int chains() {
    return chains.length;
  }

  /** The first swarm of a chain; the others hang on it. */
  @Nullable Swarm chain(int position) {
    return chains[position];
  }

  @Nullable Swarm find(long hash, long first, long second, int tail) {
    Swarm swarm = chains[chainOf(hash)];
    while (swarm != null && !swarm.hasHash(first, second, tail)) {
      swarm = swarm.next;
    }
    return swarm;
  }

  /** Adds a swarm that is not there. */
  void add(Swarm swarm, long hash) {
    if (size == chains.length) {
      grow();
    }
    link(swarm, hash);
    size++;
  }

  /** Removes a swarm; what hangs on it stays there, for those who stand at it in a walk. */
  void remove(Swarm swarm) {
    int chain = chainOf(swarm.hash(sipHash));
    Swarm before = chains[chain];
    if (before == swarm) {
      chains[chain] = swarm.next;
    } else {
      while (before != null && before.next != swarm) {
        before = before.next;
      }
      if (before != null) {
        before.next = swarm.next;
      }
    }
    size--;
  }

  private void grow() {
    @Nullable Swarm[] old = chains;
    chains = new Swarm[2 * old.length];
    for (Swarm first : old) {
      Swarm swarm = first;
      while (swarm != null) {
        Swarm next = swarm.next;
        link(swarm, swarm.hash(sipHash));
        swarm = next;
      }
    }
  }

  private void link(Swarm swarm, long hash) {
    int chain = chainOf(hash);
    swarm.next = chains[chain];
    chains[chain] = swarm;
  }

  private int chainOf(long hash) {
    return (int) hash & (chains.length - 1);
  }
}
