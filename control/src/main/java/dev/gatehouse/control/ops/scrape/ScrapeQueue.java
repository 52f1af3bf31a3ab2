package dev.gatehouse.control.ops.scrape;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets one scrape run at a time and a few wait, in the order of their arrival. */
final class ScrapeQueue {

  /** How many may wait for the one that runs. */
  static final int WAITING = 4;

  private final Semaphore places = new Semaphore(1 + WAITING);
  private final Semaphore turn = new Semaphore(1, true);

  /** How many more may come in. */
  int free() {
    return places.availablePermits();
  }

  /** What the work gives, or empty at once if too many wait. */
  <T> Optional<T> run(Supplier<T> work) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    turn.acquireUninterruptibly();
    try {
      return Optional.of(work.get());
    } finally {
      turn.release();
      places.release();
    }
  }
}
