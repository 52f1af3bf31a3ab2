package dev.gatehouse.tracker.hook.interval;

/**
 * The generator xoroshiro128** (<a href="https://prng.di.unimi.it/">its page</a>), whose state is
 * all that its numbers depend on.
 */
final class Xoroshiro {

  private long state0;
  private long state1;

  Xoroshiro(long state0, long state1) {
    this.state0 = state0;
    this.state1 = state1;
  }

  long next() {
    long out = Long.rotateLeft(state0 * 5, 7) * 9;
    long mixed = state1 ^ state0;
    state0 = Long.rotateLeft(state0, 24) ^ mixed ^ (mixed << 16);
    state1 = Long.rotateLeft(mixed, 37);
    return out;
  }

  long state0() {
    return state0;
  }

  long state1() {
    return state1;
  }
}
