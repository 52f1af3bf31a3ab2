package dev.gatehouse.kernel.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.kernel.address.IpAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLimitTest {

  private static final IpAddress CLIENT = address("192.0.2.1");

  private final ConnectionLimit limit = new ConnectionLimit(2);

  @Test
  void givesTheLimitAndNotOneMore() {
    assertThat(limit.acquire(CLIENT)).isTrue();
    assertThat(limit.acquire(CLIENT)).isTrue();
    assertThat(limit.acquire(CLIENT)).isFalse();
    assertThat(limit.held(CLIENT)).isEqualTo(2);
    limit.release(CLIENT);
    assertThat(limit.acquire(CLIENT)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1, ::ffff:192.0.2.1, true",
    "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
  })
  void aClientIsAnIpv4AddressOrAnIpv6Prefix(String one, String other, boolean same) {
    limit.acquire(address(one));
    limit.acquire(address(one));
    assertThat(limit.acquire(address(other))).isNotEqualTo(same);
  }

  @Test
  void withoutALimitConnectionsCountAllTheSameSoThatOneSetLaterHoldsAtOnce() {
    limit.change(0);
    for (int i = 0; i < 5; i++) {
      assertThat(limit.acquire(CLIENT)).isTrue();
    }
    limit.change(5);
    assertThat(limit.limit()).isEqualTo(5);
    assertThat(limit.acquire(CLIENT)).isFalse();
  }

  @Test
  void theTableHoldsOnlyThoseWhoHoldSomething() {
    for (int i = 0; i < 10_000; i++) {
      IpAddress client = IpAddress.ipv4(i);
      limit.acquire(client);
      limit.acquire(client);
      limit.acquire(client);
      limit.release(client);
      limit.release(client);
    }
    assertThat(limit.clients()).isZero();
  }

  @Test
  void whatNobodyHoldsCannotBeGivenBack() {
    limit.release(CLIENT);
    assertThat(limit.held(CLIENT)).isZero();
    assertThat(limit.clients()).isZero();
  }

  @Test
  void threadsTogetherHoldExactlyTheLimit() throws InterruptedException {
    AtomicInteger most = new AtomicInteger();
    AtomicInteger held = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      Thread.ofPlatform().start(() -> comeAndGo(held, most, done));
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 2);
    assertThat(limit.clients()).isZero();
  }

  @Test
  void ofThreadsThatWantTheSamePlacesExactlyAsManyGetThemWhileOthersComeAndGo() {
    limit.change(100);
    AtomicInteger admitted = new AtomicInteger();
    try (ExecutorService loops = Executors.newFixedThreadPool(4)) {
      for (int loop = 0; loop < 4; loop++) {
        loops.execute(() -> knock(admitted));
      }
    }
    assertThat(admitted.get()).isEqualTo(100);
    assertThat(limit.held(CLIENT)).isEqualTo(100);
    assertThat(limit.clients()).as("all others have gone").isEqualTo(1);
  }

  @Test
  void aNegativeLimitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limit.change(-1))
        .withMessage("limit: -1 (expected: >= 0)");
  }

  private void comeAndGo(AtomicInteger held, AtomicInteger most, CountDownLatch done) {
    for (int i = 0; i < 5000; i++) {
      if (limit.acquire(CLIENT)) {
        most.accumulateAndGet(held.incrementAndGet(), Math::max);
        held.decrementAndGet();
        limit.release(CLIENT);
      }
    }
    done.countDown();
  }

  private void knock(AtomicInteger admitted) {
    for (int i = 0; i < 5000; i++) {
      if (limit.acquire(CLIENT)) {
        admitted.incrementAndGet();
      }
      IpAddress other = IpAddress.ipv4(0x0a00_0000 + i % 64);
      if (limit.acquire(other)) {
        limit.release(other);
      }
    }
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
