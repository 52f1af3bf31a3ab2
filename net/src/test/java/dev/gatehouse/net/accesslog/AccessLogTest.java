package dev.gatehouse.net.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.LoggedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

class AccessLogTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final EventCounters counters = new EventCounters();
  private final CountDownLatch held = new CountDownLatch(1);
  private AccessLog log = new AccessLog(PATIENCE, counters);

  /** An event with two fields. */
  private record Seen(String name, long bytes) implements AccessEvent {
    @Override
    public String event() {
      return "connection";
    }

    @Override
    public void fields(FieldSink to) {
      to.text("sni", name);
      to.number("client_bytes", bytes);
    }
  }

  /** An event with a bug. */
  private static final class Broken implements AccessEvent {
    @Override
    public String event() {
      return "connection";
    }

    @Override
    public void fields(FieldSink to) {
      throw new IllegalStateException("broken");
    }
  }

  /** An event that keeps the writer busy. */
  private final class Holding implements AccessEvent {
    private final CountDownLatch begun = new CountDownLatch(1);

    @Override
    public String event() {
      return "held";
    }

    @Override
    public void fields(FieldSink to) {
      begun.countDown();
      try {
        held.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @AfterEach
  void close() throws Exception {
    held.countDown();
    log.close();
  }

  @Test
  void anEventIsOneLineWithItsFields() throws Exception {
    log.start();
    log.offer(new Seen("www.example.org", 517));
    Await.until("a line", () -> lines().size() == 1);
    assertThat(lines().getFirst().level()).isEqualTo(Level.INFO);
    assertThat(lines().getFirst().fields())
        .containsEntry("sni", "www.example.org")
        .containsEntry("client_bytes", "517")
        .hasSize(2);
  }

  @Test
  void textOfStrangersIsMadeHarmless() throws Exception {
    log.start();
    log.offer(new Seen("a\u001b[2J\u202eb", 0));
    log.close();
    assertThat(lines().getFirst().fields()).containsEntry("sni", "a\\u001b[2J\\u202eb");
  }

  @Test
  void theWriterWakesUpForEachEventAfterAPause() throws Exception {
    log.start();
    for (int i = 1; i <= 100; i++) {
      int offered = i;
      log.offer(new Seen("a", i));
      Await.until("line " + i, () -> lines().size() == offered);
    }
    assertThat(dropped()).isZero();
  }

  @Test
  void whatIsOfferedBeforeTheEndIsWritten() throws Exception {
    log.start();
    IntStream.range(0, 5000).forEach(i -> log.offer(new Seen("a", i)));
    log.close();
    assertThat(lines()).hasSize(5000);
    assertThat(lines().getLast().fields()).containsEntry("client_bytes", "4999");
  }

  @Test
  void whatAFullQueueCannotTakeIsLostAndCounted() throws Exception {
    log.start();
    hold();
    IntStream.range(1, AccessLog.CAPACITY).forEach(i -> log.offer(new Seen("a", i)));
    assertThat(dropped()).isZero();
    log.offer(new Seen("one too many", 0));
    log.offer(new Seen("two too many", 0));
    assertThat(dropped()).isEqualTo(2);

    held.countDown();
    log.close();
    assertThat(lines()).hasSize(AccessLog.CAPACITY - 1);
  }

  @Test
  void thereIsRoomAgainOnceLinesAreWritten() throws Exception {
    log.start();
    hold();
    IntStream.range(0, AccessLog.CAPACITY).forEach(i -> log.offer(new Seen("a", i)));
    held.countDown();
    Await.until("all lines", () -> lines().size() == AccessLog.CAPACITY - 1);
    log.offer(new Seen("after", 0));
    Await.until("one line more", () -> lines().size() == AccessLog.CAPACITY);
    assertThat(dropped()).isEqualTo(1);
  }

  @Test
  void manyThreadsLoseNothingThatFits() throws Exception {
    log.start();
    try (ExecutorService loops = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        loops.execute(() -> IntStream.range(0, 2000).forEach(i -> log.offer(new Seen("a", i))));
      }
    }
    log.close();
    assertThat(lines()).hasSize(8000);
    assertThat(dropped()).isZero();
  }

  @Test
  void aLogThatTakesNoLinesDoesNotHoldTheEndUp() throws Exception {
    log = new AccessLog(Duration.ofMillis(50), counters);
    log.start();
    hold();
    log.offer(new Seen("a", 0));
    assertThatThrownBy(log::close)
        .isInstanceOf(TimeoutException.class)
        .hasMessage("access log: 2 lines were not written");
    held.countDown();
    Await.until("the rest", () -> lines().size() == 1);
  }

  @Test
  void anEventThatBreaksCostsItsOwnLineOnly() throws Exception {
    logs.expect("access_log_failed");
    log.start();
    log.offer(new Broken());
    log.offer(new Broken());
    log.offer(new Seen("next", 0));
    log.close();
    assertThat(lines()).hasSize(1);
    assertThat(dropped()).isEqualTo(2);
    assertThat(logs.events("access_log_failed")).hasSize(1);
  }

  private void hold() throws InterruptedException {
    Holding holding = new Holding();
    log.offer(holding);
    holding.begun.await();
  }

  private List<LoggedEvent> lines() {
    return logs.events("connection");
  }

  private double dropped() {
    double[] lost = {0};
    counters.collect(
        (metric, value, labels) -> {
          if (metric == Metric.ACCESS_LOG_DROPPED) {
            lost[0] = value;
          }
        });
    return lost[0];
  }
}
