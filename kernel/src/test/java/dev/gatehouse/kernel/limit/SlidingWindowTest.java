package dev.gatehouse.kernel.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.kernel.address.IpAddress;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingWindowTest {

  private static final int LIMIT = 20;
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final long NANOS = WINDOW.toNanos();
  private static final IpAddress CLIENT = address("192.0.2.1");

  private final SlidingWindow window = new SlidingWindow(LIMIT, WINDOW, 4, 0);

  /** Monotonic clocks begin anywhere and may wrap. */
  @ParameterizedTest
  @ValueSource(longs = {0, 17, -1, Long.MAX_VALUE - 10, Long.MIN_VALUE})
  void letsTheLimitPassAndRefusesOneMore(long start) {
    SlidingWindow other = new SlidingWindow(LIMIT, WINDOW, 4, start);
    assertThat(taken(other, CLIENT, 100, start + 20)).isEqualTo(LIMIT);
    assertThat(taken(other, CLIENT, 100, start + NANOS - 1)).isZero();
    assertThat(taken(other, CLIENT, 100, start + 2 * NANOS)).isEqualTo(LIMIT);
  }

  @Test
  void thoseWhoAreBeyondTheLimitAreKnownUntilTheyMayComeAgain() {
    taken(CLIENT, LIMIT, 0);
    taken(address("192.0.2.2"), LIMIT - 1, 0);
    taken(address("2001:db8::17"), LIMIT, 0);
    assertThat(window.full(9, 1)).containsExactly(CLIENT, address("2001:db8::"));
    assertThat(window.full(1, 1)).containsExactly(CLIENT);
    assertThat(window.full(9, 2 * NANOS)).isEmpty();
  }

  @Test
  void whoeverIsForgottenMayComeAsIfForTheFirstTime() {
    taken(CLIENT, LIMIT, 0);
    taken(address("2001:db8::17"), LIMIT, 0);
    window.forget(CLIENT);
    window.forget(address("2001:db8::18"));
    window.forget(address("192.0.2.99"));
    assertThat(window.tracked()).isZero();
    assertThat(taken(CLIENT, 100, 1)).isEqualTo(LIMIT);
  }

  @Test
  void anIpv6NetworkIsOneClient() {
    assertThat(SlidingWindow.isSameClient(address("2001:db8::1"), address("2001:db8::2"))).isTrue();
    assertThat(SlidingWindow.isSameClient(address("2001:db8::1"), address("2001:db8:0:1::")))
        .isFalse();
    assertThat(SlidingWindow.isSameClient(address("::ffff:192.0.2.1"), CLIENT)).isTrue();
  }

  @Test
  void aBurstBeforeTheEdgeLeavesNoRoomBehindIt() {
    assertThat(taken(CLIENT, 100, NANOS - 1)).isEqualTo(LIMIT);
    assertThat(taken(CLIENT, 100, NANOS)).isZero();
    assertThat(taken(CLIENT, 100, NANOS + 1)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // part of the next window in percent, what has slid out by then
    "4, 0",
    "5, 1",
    "9, 1",
    "10, 2",
    "49, 9",
    "50, 10",
    "99, 19",
    "100, 20"
  })
  void whatSlidesOutOfTheWindowMayComeAgain(int percent, int again) {
    taken(CLIENT, LIMIT, 0);
    assertThat(taken(CLIENT, 100, NANOS + NANOS / 100 * percent)).isEqualTo(again);
  }

  @Test
  void whoKeepsKnockingRecoversAllTheSame() {
    taken(CLIENT, LIMIT, 0);
    int admitted = 0;
    for (long now = NANOS; now < 10 * NANOS; now += NANOS / 100) {
      admitted += taken(CLIENT, 3, now);
    }
    assertThat(admitted).as("close to the limit in each of nine windows").isBetween(171, 180);
  }

  @Test
  void agreesWithTheRuleInExactArithmetic() {
    Random random = new Random(7);
    SlidingWindow exact = new SlidingWindow(7, Duration.ofNanos(1009), 4, 0);
    int[] admitted = new int[64];
    long now = 0;
    while (now < 60 * 1009) {
      int bucket = (int) (now / 1009);
      int previous = bucket == 0 ? 0 : admitted[bucket - 1];
      BigDecimal slid = BigDecimal.valueOf(1009 - now % 1009).multiply(new BigDecimal(previous));
      BigDecimal room = BigDecimal.valueOf((6L - admitted[bucket]) * 1009);
      boolean expected = slid.compareTo(room) <= 0;
      assertThat(exact.tryTake(CLIENT, now)).as("at %d", now).isEqualTo(expected);
      admitted[bucket] += expected ? 1 : 0;
      now += random.nextInt(120);
    }
  }

  @Test
  void theEstimateIsWhatTheRuleSays() {
    taken(CLIENT, 8, 0);
    taken(CLIENT, 3, NANOS + NANOS / 4);
    assertThat(window.estimate(CLIENT, NANOS + NANOS / 4)).isEqualTo(8 * 0.75 + 3, within(1e-9));
    assertThat(window.estimate(address("192.0.2.9"), NANOS)).isZero();
  }

  @Test
  void askingWhetherAClientIsFullSaysWhatTakingWouldAndCountsNothing() {
    Random random = new Random(11);
    long now = 0;
    for (int i = 0; i < 2000; i++) {
      now += random.nextLong(NANOS / 10);
      boolean full = window.isFull(CLIENT, now);
      assertThat(window.isFull(CLIENT, now)).isEqualTo(full);
      assertThat(window.tryTake(CLIENT, now)).as("at %d", now).isEqualTo(!full);
    }
  }

  @Test
  void whoIsOnlyAskedAboutIsNotRemembered() {
    for (int i = 0; i < 100; i++) {
      assertThat(window.isFull(client(i), i)).isFalse();
    }
    assertThat(window.tracked()).isZero();
    taken(CLIENT, LIMIT, 100);
    assertThat(window.isFull(address("::ffff:192.0.2.1"), 100)).as("the same client").isTrue();
    assertThat(window.isFull(CLIENT, 3 * NANOS)).as("recovered").isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1, ::ffff:192.0.2.1, true",
    "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "0.0.0.1, ::1, false",
  })
  void aClientIsAnIpv4AddressOrAnIpv6Prefix(String one, String other, boolean same) {
    taken(address(one), LIMIT, 0);
    assertThat(window.tryTake(address(other), 0)).isNotEqualTo(same);
  }

  @Test
  void aFullTableForgetsItsOldestClientAndCountsThat() {
    for (int i = 0; i < 4; i++) {
      taken(client(i), LIMIT, i);
    }
    assertThat(window.evictions()).isZero();
    taken(client(4), 1, 10);
    assertThat(window.tracked()).isEqualTo(4);
    assertThat(window.evictions()).isEqualTo(1);
    assertThat(window.tryTake(client(1), 11)).as("remembered").isFalse();
    assertThat(window.tryTake(client(0), 11)).as("forgotten").isTrue();
  }

  @Test
  void whoIsStillBusyIsNotTheOldest() {
    taken(client(0), 1, 0);
    taken(client(1), 1, 0);
    taken(client(0), LIMIT - 1, NANOS + 1);
    for (int i = 2; i < 5; i++) {
      taken(client(i), 1, NANOS + 2);
    }
    assertThat(window.estimate(client(0), NANOS + 2)).isPositive();
    assertThat(window.estimate(client(1), NANOS + 2)).isZero();
  }

  @Test
  void expiredClientsMakeRoomBeforeAnybodyIsForgotten() {
    for (int i = 0; i < 3; i++) {
      taken(client(i), 1, 0);
    }
    taken(client(3), LIMIT, NANOS);
    taken(client(4), 1, 2 * NANOS);
    taken(client(5), 1, 2 * NANOS);
    assertThat(window.evictions()).isZero();
    assertThat(window.tracked()).as("one expired client, swept at the second event").isEqualTo(3);
    assertThat(window.tryTake(client(3), 2 * NANOS)).isFalse();
  }

  @Test
  void tenThousandClientsLeaveTheTableAtItsSize() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(window.tryTake(client(i), i)).isTrue();
      assertThat(window.tracked()).isLessThanOrEqualTo(4);
    }
    assertThat(window.evictions()).isEqualTo(10_000 - 4);
  }

  @Test
  void timeThatAThreadBringsLateDoesNotOpenTheWindow() {
    taken(CLIENT, LIMIT, NANOS);
    assertThat(window.tryTake(CLIENT, NANOS - 1)).isFalse();
  }

  @Test
  void theLargestLimitAndWindowDoNotOverflow() {
    var largest =
        new SlidingWindow(SlidingWindow.MAX_LIMIT, SlidingWindow.LONGEST_WINDOW, 1, Long.MIN_VALUE);
    long edge = Long.MIN_VALUE + SlidingWindow.LONGEST_WINDOW.toNanos();
    assertThat(taken(largest, CLIENT, SlidingWindow.MAX_LIMIT + 1, edge - 1))
        .isEqualTo(SlidingWindow.MAX_LIMIT);
    assertThat(largest.tryTake(CLIENT, edge)).isFalse();
  }

  @Test
  void threadsTogetherGetNoMoreThanTheLimit() throws InterruptedException {
    AtomicInteger taken = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                taken.addAndGet(taken(CLIENT, 1000, 5));
                done.countDown();
              });
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(taken).hasValue(LIMIT);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 1, 'limit: 0 (expected: 1-1000000)'",
    "1000001, 10, 1, 'limit: 1000001 (expected: 1-1000000)'",
    "1, 0, 1, 'window: 0 (expected: 1-3600000000000)'",
    "1, 3601, 1, 'window: 3601000000000 (expected: 1-3600000000000)'",
    "1, 1, 0, 'capacity: 0 (expected: 1-2147483647)'",
  })
  void refusesWhatIsNoLimit(int limit, long seconds, int capacity, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SlidingWindow(limit, Duration.ofSeconds(seconds), capacity, 0))
        .withMessage(message);
  }

  private int taken(IpAddress client, int attempts, long nowNanos) {
    return taken(window, client, attempts, nowNanos);
  }

  private static int taken(SlidingWindow window, IpAddress client, int attempts, long nowNanos) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += window.tryTake(client, nowNanos) ? 1 : 0;
    }
    return taken;
  }

  private static IpAddress client(int number) {
    return IpAddress.ipv4(0x0a000000 + number);
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
