package dev.gatehouse.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DrainDelayTest {

  private final ManualTicker ticker = new ManualTicker();
  private final AtomicReference<Duration> told = new AtomicReference<>(Duration.ofSeconds(5));
  private final CountDownLatch begun = new CountDownLatch(1);
  private final DrainDelay delay = new DrainDelay(this::asked, ticker);

  @Test
  void withoutADelayNobodyWaits() throws Exception {
    told.set(Duration.ZERO);
    delay.close();
  }

  @Test
  void itLastsAsLongAsItWasToldLast() throws Exception {
    delay.start();
    told.set(Duration.ofSeconds(7));
    FutureTask<String> closing = closing();
    ticker.advance(Duration.ofMillis(6_999));
    assertThat(isOverSoon(closing)).isFalse();
    ticker.advance(Duration.ofMillis(1));
    assertThat(closing.get()).isEqualTo(delay.name());
  }

  @Test
  void whoIsInAHurryEndsItAtOnce() throws Exception {
    FutureTask<String> closing = closing();
    assertThat(isOverSoon(closing)).isFalse();
    delay.hurry();
    assertThat(closing.get()).isEqualTo(delay.name());
  }

  /** Long enough for the clock to be looked at many times. */
  private static boolean isOverSoon(FutureTask<String> closing) throws Exception {
    try {
      return closing.get(200, TimeUnit.MILLISECONDS) != null;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** The clock has been looked at by then. */
  private Duration asked() {
    begun.countDown();
    return told.get();
  }

  private FutureTask<String> closing() throws InterruptedException {
    FutureTask<String> closing =
        new FutureTask<>(
            () -> {
              delay.close();
              return delay.name();
            });
    Thread _ = Thread.ofVirtual().start(closing);
    begun.await();
    return closing;
  }
}
