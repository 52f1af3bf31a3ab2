package dev.gatehouse.relay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Section 7.6 of the relay's specification. */
class TokenBucketsTest {

  private static final Duration REFILL = Duration.ofSeconds(6);

  private final ManualTicker ticker = new ManualTicker();
  private final TokenBuckets<String> buckets =
      new TokenBuckets<>(20, REFILL, 65_536, ticker.nanos());

  @Test
  void aBurstPassesAndThenOneForEachRefill() {
    assertThat(burst("a")).isEqualTo(20);
    assertThat(take("a")).isEqualTo(REFILL.toNanos());
    ticker.advance(Duration.ofMillis(5900));
    assertThat(take("a")).isEqualTo(Duration.ofMillis(100).toNanos());
    ticker.advance(Duration.ofMillis(100));
    assertThat(burst("a")).isEqualTo(1);
    ticker.advance(REFILL);
    assertThat(burst("a")).isEqualTo(1);
  }

  @Test
  void anIdleBucketFillsToItsBurstAndNotBeyond() {
    assertThat(burst("a")).isEqualTo(20);
    ticker.advance(Duration.ofMinutes(2));
    assertThat(burst("a")).isEqualTo(20);
    ticker.advance(Duration.ofDays(400));
    assertThat(burst("a")).isEqualTo(20);
  }

  @Test
  void refusalsCostNothing() {
    burst("a");
    for (int i = 0; i < 1000; i++) {
      assertThat(take("a")).isPositive();
    }
    ticker.advance(REFILL);
    assertThat(take("a")).isZero();
  }

  @Test
  void keysAreIndependent() {
    assertThat(burst("a")).isEqualTo(20);
    assertThat(burst("b")).isEqualTo(20);
  }

  @Test
  void exactlyTheBurstPassesWhenManyThreadsRace() {
    AtomicInteger passed = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(64)) {
      for (int i = 0; i < 64; i++) {
        pool.execute(() -> passed.addAndGet(take("a") == 0 ? 1 : 0));
      }
    }
    assertThat(passed).hasValue(20);
  }

  @Test
  void theKeyIdleForLongestMakesRoom() {
    TokenBuckets<String> two = new TokenBuckets<>(1, REFILL, 2, ticker.nanos());
    two.tryTake("a", ticker.nanos());
    two.tryTake("b", ticker.nanos());
    assertThat(two.tryTake("a", ticker.nanos())).isPositive();
    assertThat(two.tryTake("c", ticker.nanos())).isZero();
    assertThat(two.keys()).isEqualTo(2);
    assertThat(two.tryTake("a", ticker.nanos())).isPositive();
    assertThat(two.tryTake("b", ticker.nanos())).isZero();
  }

  @Test
  void aSweepForgetsFullBucketsOnly() {
    take("full");
    burst("empty");
    ticker.advance(REFILL);
    buckets.sweep(ticker.nanos());
    assertThat(buckets.keys()).isEqualTo(1);
    ticker.advance(Duration.ofSeconds(114));
    buckets.sweep(ticker.nanos());
    assertThat(buckets.keys()).isZero();
  }

  @Test
  void anotherBurstHoldsAtOnce() {
    burst("a");
    buckets.change(21, REFILL);
    assertThat(burst("a")).isEqualTo(1);
  }

  @Test
  void timeThatComesLateTurnsNothingBack() {
    long early = ticker.nanos();
    ticker.advance(Duration.ofSeconds(60));
    assertThat(burst("a")).isEqualTo(20);
    assertThat(buckets.tryTake("a", early)).isEqualTo(REFILL.toNanos());
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenBuckets<String>(0, REFILL, 1, 0))
        .withMessage("bucket: 0, one each PT6S (expected: both above 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenBuckets<String>(1, Duration.ZERO, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenBuckets<String>(1, REFILL, 0, 0));
  }

  private int burst(String key) {
    int passed = 0;
    while (take(key) == 0) {
      passed++;
    }
    return passed;
  }

  private long take(String key) {
    return buckets.tryTake(key, ticker.nanos());
  }
}
