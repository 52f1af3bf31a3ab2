package dev.gatehouse.watch.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.watch.Samples;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ScanThreadTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension final LogGuard log = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final EventCounters counters = new EventCounters();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> netstatWork = new AtomicReference<>(() -> {});
  private final AtomicReference<Duration> interval = new AtomicReference<>(Duration.ofSeconds(10));
  private final Pass netstat =
      new Pass(
          "netstat",
          interval::get,
          false,
          () -> {
            netstatWork.get().run();
            done.add("netstat");
          });
  private final Pass connections =
      new Pass("connections", () -> Duration.ofSeconds(15), true, () -> done.add("connections"));
  private final ScanThread thread = new ScanThread(ticker, counters, List.of(netstat, connections));

  @AfterEach
  void close() throws InterruptedException {
    thread.close(PATIENCE);
  }

  private void awaitDone(int count) throws Exception {
    Await.until(count + " runs", () -> done.size() >= count);
  }

  @Test
  void theClockBeginsAtOnceAndGoesOn() throws Exception {
    thread.start();
    awaitDone(1);
    ticker.advance(Duration.ofSeconds(9));
    thread.wake();
    assertThat(thread.await(netstat, PATIENCE)).isTrue();
    awaitDone(2);
    ticker.advance(Duration.ofSeconds(10));
    thread.wake();
    awaitDone(3);
    assertThat(done).containsOnly("netstat");
  }

  @Test
  void nobodyWaitsForAThreadThatDoesNotRun() throws Exception {
    assertThat(thread.await(netstat, PATIENCE)).isFalse();
    thread.start();
    assertThat(thread.await(netstat, PATIENCE)).isTrue();
    thread.close(PATIENCE);
    assertThat(thread.await(netstat, PATIENCE)).isFalse();
  }

  @Test
  void aCallerWaitsNoLongerThanItsPatience() {
    interval.set(Duration.ZERO);
    CountDownLatch gate = new CountDownLatch(1);
    netstatWork.set(() -> await(gate));
    thread.start();
    assertThat(thread.await(netstat, Duration.ofMillis(20))).isFalse();
    gate.countDown();
    assertThat(thread.await(netstat, PATIENCE)).isTrue();
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoeverAsksDuringTheWorkSharesIt() throws Exception {
    interval.set(Duration.ZERO);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger answered = new AtomicInteger();
    netstatWork.set(
        () -> {
          begun.countDown();
          await(gate);
        });
    thread.start();
    Thread first = Thread.ofVirtual().start(() -> ask(answered));
    begun.await();
    Thread second = Thread.ofVirtual().start(() -> ask(answered));
    Await.until(
        "the second waits",
        () ->
            second.getState() == Thread.State.WAITING
                || second.getState() == Thread.State.TIMED_WAITING);
    gate.countDown();
    first.join();
    second.join();
    assertThat(answered).hasValue(2);
    assertThat(done).hasSize(1);
  }

  private void ask(AtomicInteger answered) {
    if (thread.await(netstat, PATIENCE)) {
      answered.incrementAndGet();
    }
  }

  @Test
  void aPausedPassWaitsForItsNextReader() throws Exception {
    thread.start();
    awaitDone(1);
    assertThat(thread.read(connections)).isTrue();
    assertThat(thread.await(connections, PATIENCE)).isTrue();
    assertThat(thread.read(connections)).isFalse();
    ticker.advance(Duration.ofMinutes(5));
    assertThat(thread.read(connections)).isTrue();
  }

  @Test
  void aBugEndsNeitherTheThreadNorOtherWork() throws Exception {
    log.expect("collector_failed");
    netstatWork.set(
        () -> {
          throw new IllegalStateException("no such row");
        });
    thread.start();
    assertThat(thread.await(netstat, PATIENCE)).isTrue();
    assertThat(thread.read(connections)).isTrue();
    assertThat(thread.await(connections, PATIENCE)).isTrue();
    assertThat(done).containsExactly("connections");
    Samples samples = Samples.of(counters);
    assertThat(samples.value(Metric.COLLECTOR_SCRAPE_PANICS, "netstat")).isPositive();
    assertThat(samples.value(Metric.COLLECTOR_SCRAPE_PANICS, "connections")).isZero();
    assertThat(log.events("collector_failed").getFirst().fields())
        .containsEntry("collector", "netstat")
        .hasEntrySatisfying("reason", reason -> assertThat(reason).contains("no such row"));
  }

  @Test
  void theLastDurationIsASeries() throws Exception {
    netstatWork.set(() -> ticker.advance(Duration.ofMillis(250)));
    thread.start();
    assertThat(thread.await(netstat, PATIENCE)).isTrue();
    assertThat(Samples.of(thread).value(Metric.COLLECTOR_SCRAPE_DURATION_SECONDS, "netstat"))
        .isEqualTo(0.25);
  }

  @Test
  void closingTwiceIsFine() throws InterruptedException {
    thread.start();
    thread.close(PATIENCE);
    thread.close(PATIENCE);
    assertThat(thread.isStarted()).isTrue();
  }
}
