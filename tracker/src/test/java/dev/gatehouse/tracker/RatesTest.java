package dev.gatehouse.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.testkit.PartContract;
import dev.gatehouse.tracker.flow.Totals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RatesTest extends PartContract {

  private final ManualTicker ticker = new ManualTicker();
  private final Totals totals = new Totals();

  @Override
  protected Part newPart() {
    return new Rates(totals, Duration.ofMillis(1), ticker);
  }

  @Test
  void nothingIsNoRate() {
    Rates rates = new Rates(totals, Duration.ZERO, ticker);
    rates.look();
    assertThat(rates.rate()).isEqualTo(new Rates.Rate(0, 0));
    ticker.advance(Duration.ofSeconds(30));
    rates.look();
    assertThat(rates.rate()).isEqualTo(new Rates.Rate(0, 0));
  }
}
