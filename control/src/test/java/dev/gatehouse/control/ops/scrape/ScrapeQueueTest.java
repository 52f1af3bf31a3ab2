package dev.gatehouse.control.ops.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScrapeQueueTest {

  private final ScrapeQueue queue = new ScrapeQueue();
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void oneRunsFourWaitAndTheNextIsTurnedAway() throws Exception {
    List<CompletableFuture<Optional<String>>> scrapes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      scrapes.add(scrape());
    }
    Await.until("five are in", () -> queue.free() == 0);
    assertThat(queue.run(() -> "sixth")).isEmpty();

    release.countDown();
    for (CompletableFuture<Optional<String>> scrape : scrapes) {
      assertThat(scrape.get(10, TimeUnit.SECONDS)).hasValue("done");
    }
    assertThat(most).hasValue(1);
    assertThat(queue.run(() -> "later")).hasValue("later");
  }

  @Test
  void aScrapeThatBreaksGivesItsPlaceBack() {
    for (int i = 0; i < 10; i++) {
      try {
        queue.run(
            () -> {
              throw new IllegalStateException("broken");
            });
      } catch (IllegalStateException e) {
        asked.incrementAndGet();
      }
    }
    assertThat(asked).hasValue(10);
    assertThat(queue.run(() -> "next")).hasValue("next");
  }

  private CompletableFuture<Optional<String>> scrape() {
    CompletableFuture<Optional<String>> result = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> result.complete(queue.run(this::gather)));
    return result;
  }

  private String gather() {
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    try {
      assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    inside.decrementAndGet();
    return "done";
  }
}
