package dev.gatehouse.tracker.udp;

import dev.gatehouse.kernel.time.Ticker;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What one worker knows of the time, and its dice: wall time is asked for once a second, since
 * nobody needs it more exactly.
 */
final class WorkerClock {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int SALTS = 256;

  private final Ticker ticker;
  private final SplittableRandom random;
  private long nanos;
  private long asked;
  private long second;

  WorkerClock(Ticker ticker, RandomGenerator entropy) {
    this.ticker = ticker;
    random = new SplittableRandom(entropy.nextLong());
    nanos = ticker.nanos();
    ask();
  }

  /** Looks at the clock, once for many datagrams. */
  void tick() {
    nanos = ticker.nanos();
    if (nanos - asked >= SECOND) {
      ask();
    }
  }

  private void ask() {
    asked = nanos;
    second = ticker.now().getEpochSecond();
  }

  long nanos() {
    return nanos;
  }

  /** Seconds since 1970. */
  long second() {
    return second;
  }

  /** A byte that makes two ids of one second differ. */
  int salt() {
    return random.nextInt(SALTS);
  }
}
