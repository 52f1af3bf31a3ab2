package dev.gatehouse.watch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class PassClockTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @RegisterExtension final LogGuard log = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final CollectorTimings timings = new CollectorTimings(ticker, new EventCounters());
  private final AtomicInteger runs = new AtomicInteger();
  private volatile Duration interval = Duration.ofSeconds(15);
  private PassClock clock = clockOf(runs::incrementAndGet);

  @AfterEach
  void stop() {
    clock.close();
  }

  @Test
  void runsEachPassAtItsIntervalByTheGivenTime() {
    clock.runDue();
    clock.runDue();
    assertThat(runs).hasValue(1);
    ticker.advance(Duration.ofSeconds(14));
    clock.runDue();
    assertThat(runs).hasValue(1);
    ticker.advance(Duration.ofSeconds(1));
    clock.runDue();
    assertThat(runs).hasValue(2);
  }

  @Test
  void restsWithoutReadersAndTheNextReaderGetsAFreshResult() throws Exception {
    clock.start();
    Await.until("first run", () -> runs.get() == 1);
    ticker.advance(Duration.ofMinutes(6));
    clock.wake();
    clock.read(PATIENCE);
    assertThat(runs).hasValue(2);
  }

  @Test
  void aReaderOfAYoungResultDoesNotWait() throws Exception {
    clock.start();
    Await.until("first run", () -> runs.get() == 1);
    clock.read(PATIENCE);
    clock.read(PATIENCE);
    assertThat(runs).hasValue(1);
  }

  @Test
  void aReaderWaitsForABlockedPassNoLongerThanItsTime() {
    CountDownLatch blocked = new CountDownLatch(1);
    clock = clockOf(blocked::await);
    clock.start();
    clock.read(Duration.ofMillis(20));
    blocked.countDown();
    clock.read(PATIENCE);
  }

  @Test
  void aReaderDoesNotWaitForAClockThatStandsStill() {
    clock.read(Duration.ofDays(1));
    assertThat(runs).hasValue(0);
  }

  @Test
  void aReaderDoesNotWaitForAPassThatIsOff() {
    interval = Duration.ZERO;
    clock.start();
    clock.read(Duration.ofDays(1));
    assertThat(runs).hasValue(0);
  }

  @Test
  void aFailingPassStillCountsAsRun() {
    log.expect("collector_failed");
    clock =
        clockOf(
            () -> {
              runs.incrementAndGet();
              throw new IllegalStateException("broken");
            });
    clock.start();
    clock.read(PATIENCE);
    clock.read(PATIENCE);
    assertThat(runs).hasValue(1);
  }

  @Test
  void closingInterruptsTheRunAndTheWaitingReader() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    clock =
        clockOf(
            () -> {
              entered.countDown();
              never.await();
            });
    clock.start();
    entered.await();
    Thread reader = Thread.ofPlatform().start(() -> clock.read(Duration.ofDays(1)));
    Await.until("reader waits", () -> reader.getState() == Thread.State.TIMED_WAITING);
    clock.close();
    reader.join(PATIENCE);
    assertThat(reader.isAlive()).isFalse();
    clock.close();
  }

  private PassClock clockOf(CollectorTimings.Work work) {
    Pass pass = new Pass(Collector.PROCESS, () -> interval, work);
    return new PassClock("watch-test", ticker, timings, List.of(pass));
  }
}
