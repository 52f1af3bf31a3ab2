package dev.gatehouse.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ListenerLimitTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 500;

  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void asManyThreadsAsPlacesNeverRefuseEachOther() throws Exception {
    ListenerLimit limit = new ListenerLimit(THREADS);
    race(limit);
    assertThat(refused).as("a place was free at every moment").hasValue(0);
    assertThat(limit.count()).isZero();
  }

  @Test
  void moreThreadsThanPlacesNeverHoldMoreThanThereAre() throws Exception {
    ListenerLimit limit = new ListenerLimit(THREADS - 1);
    race(limit);
    assertThat(most.get()).isLessThan(THREADS);
    assertThat(limit.count()).isZero();
  }

  /** Each thread comes and goes, holding one place at a time. */
  private void race(ListenerLimit limit) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(THREADS);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                      comeAndGo(limit);
                    }
                    done.countDown();
                  }));
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void comeAndGo(ListenerLimit limit) {
    EmbeddedChannel channel = new EmbeddedChannel();
    if (limit.admit(channel) instanceof Verdict.Admitted) {
      most.accumulateAndGet(held.incrementAndGet(), Math::max);
      held.decrementAndGet();
    } else {
      refused.incrementAndGet();
    }
    channel.close();
    channel.runPendingTasks();
  }
}
