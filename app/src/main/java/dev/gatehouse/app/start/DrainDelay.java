package dev.gatehouse.app.start;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The first step of an end: whoever asks whether the daemon is ready has time to send nobody here
 * any more, while everybody is still let in.
 *
 * <p>Starts last, since parts end in reverse.
 */
public final class DrainDelay implements Part {

  /** How often the clock is looked at. */
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Supplier<Duration> delay;
  private final Ticker ticker;
  private final CountDownLatch hurried = new CountDownLatch(1);

  /**
   * @param delay asked for when it is needed
   */
  public DrainDelay(Supplier<Duration> delay, Ticker ticker) {
    this.delay = delay;
    this.ticker = ticker;
  }

  @Override
  public String name() {
    return "drain-delay";
  }

  @Override
  public void start() {
    // nobody has to know of a start in advance
  }

  /** Waits until the delay is over, or nobody has the patience for it any more. */
  @Override
  public void close() throws InterruptedException {
    long begin = ticker.nanos();
    long nanos = delay.get().toNanos();
    boolean over = false;
    while (!over && ticker.nanos() - begin < nanos) {
      over = hurried.await(LOOK.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** There is no delay any more. */
  public void hurry() {
    hurried.countDown();
  }
}
