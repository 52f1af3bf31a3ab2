package dev.gatehouse.e2e.http;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Something small that is done again and again until it is closed. */
public final class Trickle implements AutoCloseable {

  private final ScheduledExecutorService clock;

  private Trickle(ScheduledExecutorService clock) {
    this.clock = clock;
  }

  /** Begins to do it. */
  public static Trickle every(Duration pause, Runnable task) {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("trickle").factory());
    clock.scheduleWithFixedDelay(task, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    return new Trickle(clock);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
