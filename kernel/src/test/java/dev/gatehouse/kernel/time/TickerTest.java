package dev.gatehouse.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TickerTest {

  @Test
  void theSystemTickerMovesForwardAndKnowsTheDay() {
    Ticker ticker = Ticker.system();
    long before = ticker.nanos();
    assertThat(ticker.nanos() - before).isNotNegative();
    assertThat(ticker.now()).isAfter(Instant.parse("2025-01-01T00:00:00Z"));
  }
}
