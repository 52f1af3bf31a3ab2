package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualTickerTest {

  private final ManualTicker ticker = new ManualTicker(Instant.EPOCH);

  @Test
  void standsStillByItself() {
    assertThat(ticker.nanos()).isEqualTo(ticker.nanos());
    assertThat(ticker.now()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void movesBothClocks() {
    long before = ticker.nanos();
    ticker.advance(Duration.ofSeconds(5));
    assertThat(ticker.nanos() - before).isEqualTo(5_000_000_000L);
    assertThat(ticker.now()).isEqualTo(Instant.EPOCH.plusSeconds(5));
  }

  @Test
  void wrapsSoonSoThatComparisonsOfNanosFail() {
    long before = ticker.nanos();
    ticker.advance(Duration.ofSeconds(2));
    assertThat(ticker.nanos()).isLessThan(before);
  }

  @Test
  void doesNotGoBack() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ticker.advance(Duration.ofNanos(-1)))
        .withMessage("time: PT-0.000000001S (expected: forward)");
  }
}
