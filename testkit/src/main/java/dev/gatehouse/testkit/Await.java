package dev.gatehouse.testkit;

import dev.gatehouse.kernel.time.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread will bring about, and no longer than needed. */
public final class Await {

  /** Long enough for a busy machine; nobody waits for it unless the test fails. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

  private Await() {}

  /** Something that will hold; an exception fails the test at once. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits with {@link #PATIENCE}; {@code what} says in the failure what did not come. */
  public static void until(String what, Condition condition) throws Exception {
    until(what, PATIENCE, condition);
  }

  /**
   * Waits until the condition holds.
   *
   * @throws AssertionError if it does not within the time
   */
  public static void until(String what, Duration time, Condition condition) throws Exception {
    Ticker ticker = Ticker.system();
    long begin = ticker.nanos();
    while (!condition.holds()) {
      if (ticker.nanos() - begin >= time.toNanos()) {
        throw new AssertionError("not within " + time + ": " + what);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException(what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
