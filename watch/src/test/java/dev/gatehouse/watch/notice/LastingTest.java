package dev.gatehouse.watch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.watch.notice.Lasting.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastingTest {

  private final ManualTicker ticker = new ManualTicker();
  private final Lasting condition = new Lasting();

  private Turn update(boolean active) {
    return condition.update(active, ticker.nanos());
  }

  @Test
  void whatNeverBeganIsQuiet() {
    assertThat(update(false)).isEqualTo(Turn.QUIET);
    assertThat(update(false)).isEqualTo(Turn.QUIET);
  }

  @Test
  void beginningAndEndAreToldOnce() {
    assertThat(update(true)).isEqualTo(Turn.BEGAN);
    assertThat(update(true)).isEqualTo(Turn.QUIET);
    assertThat(update(false)).isEqualTo(Turn.ENDED);
    assertThat(update(false)).isEqualTo(Turn.QUIET);
    assertThat(update(true)).isEqualTo(Turn.BEGAN);
  }

  @Test
  void whatLastsIsToldOnceAnHour() {
    assertThat(update(true).isTold()).isTrue();
    ticker.advance(Duration.ofMinutes(59));
    assertThat(update(true)).isEqualTo(Turn.QUIET);
    ticker.advance(Duration.ofMinutes(1));
    assertThat(update(true)).isEqualTo(Turn.STILL);
    assertThat(Turn.STILL.isTold()).isTrue();
    assertThat(update(true)).isEqualTo(Turn.QUIET);
  }

  @Test
  void theEndIsNotTheConditionItself() {
    assertThat(Turn.ENDED.isTold()).isFalse();
    assertThat(Turn.QUIET.isTold()).isFalse();
  }
}
