package dev.gatehouse.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.tracker.TrackerView.Throttled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThrottlingTest {

  private static final IpAddress ONE = IpAddress.parse("192.0.2.1").orElseThrow();
  private static final IpAddress OTHER = IpAddress.parse("2001:db8::1").orElseThrow();
  private static final IpAddress NETWORK = IpAddress.parse("2001:db8::").orElseThrow();

  private final ManualTicker ticker = new ManualTicker();
  private final SlidingWindow requests = table();
  private final SlidingWindow first = table();
  private final SlidingWindow second = table();
  private final Throttling throttling =
      new Throttling(() -> Optional.of(requests), () -> List.of(first, second), ticker);

  @Test
  void whoIsBeyondALimitAtSeveralPortsIsToldOnce() {
    fill(requests, OTHER);
    fill(first, ONE);
    fill(second, ONE);
    assertThat(throttling.list(10))
        .containsExactly(new Throttled("request", NETWORK), new Throttled("error_reply", ONE));
    assertThat(throttling.list(1)).hasSize(1);
  }

  @Test
  void oneMayAskAgainOrAll() {
    fill(requests, OTHER);
    fill(first, ONE);
    fill(second, ONE);
    assertThat(throttling.clear(Optional.of(IpAddress.parse("2001:db8::2").orElseThrow())))
        .isEqualTo(1);
    assertThat(throttling.list(10)).containsExactly(new Throttled("error_reply", ONE));
    assertThat(throttling.clear(Optional.empty())).isEqualTo(2);
    assertThat(throttling.clear(Optional.empty())).isZero();
  }

  @Test
  void theSampleOfALimitIsThereWhereThereIsSuchALimit() {
    fill(first, ONE);
    fill(second, OTHER);
    assertThat(samples(throttling)).containsExactly("request 0", "error_reply 2");
    assertThat(samples(new Throttling(Optional::empty, List::of, ticker))).isEmpty();
  }

  private static List<String> samples(Throttling throttling) {
    List<String> samples = new ArrayList<>();
    throttling.collect((metric, value, labels) -> samples.add(labels[0] + " " + (int) value));
    return samples;
  }

  private void fill(SlidingWindow table, IpAddress client) {
    while (table.tryTake(client, ticker.nanos())) {
      // until it is beyond the limit
    }
  }

  private SlidingWindow table() {
    return new SlidingWindow(2, Duration.ofSeconds(10), 100, ticker.nanos());
  }
}
