package dev.gatehouse.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.relay.config.SendOpcode;
import dev.gatehouse.relay.session.Pulse.Due;
import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {

  private final ManualTicker ticker = new ManualTicker();
  private final Pulse pulse = new Pulse(Sample.settings(SendOpcode.BINARY), ticker.nanos());

  @Test
  void theNextPingIsDueOneIntervalAfterTheLast() {
    assertThat(dueAfter(Duration.ofSeconds(30))).isEqualTo(Due.PING);
    pulse.pinged(ticker.nanos());
    ticker.advance(Duration.ofSeconds(10));
    assertThat(pulse.answered(ticker.nanos())).isEqualTo(10.0);
    assertThat(dueAfter(Duration.ofSeconds(19))).isEqualTo(Due.NOTHING);
    assertThat(dueAfter(Duration.ofSeconds(1))).isEqualTo(Due.PING);
  }

  @Test
  void anAnswerThatNobodyAskedForTellsNoTime() {
    assertThat(pulse.answered(ticker.nanos())).isNegative();
  }

  @Test
  void theTimeOfAMessageRunsFromItsBeginning() {
    pulse.midMessage(true, ticker.nanos());
    ticker.advance(Duration.ofSeconds(20));
    pulse.midMessage(true, ticker.nanos());
    assertThat(dueAfter(Duration.ofSeconds(10))).isEqualTo(Due.MESSAGE);
    pulse.midMessage(false, ticker.nanos());
    assertThat(pulse.due(ticker.nanos())).isEqualTo(Due.PING);
  }

  @Test
  void theTimeOfAWriteRunsEvenWhileNothingIsRead() {
    pulse.pause(ticker.nanos());
    pulse.writing(true, ticker.nanos());
    assertThat(dueAfter(Duration.ofMillis(9999))).isEqualTo(Due.NOTHING);
    assertThat(dueAfter(Duration.ofMillis(1))).isEqualTo(Due.WRITE);
    pulse.writing(false, ticker.nanos());
    assertThat(dueAfter(Duration.ofHours(1))).isEqualTo(Due.NOTHING);
  }

  @Test
  void aPauseMovesAllThatThePeerHasToDo() {
    ticker.advance(Duration.ofSeconds(20));
    pulse.pause(ticker.nanos());
    ticker.advance(Duration.ofHours(1));
    pulse.resume(ticker.nanos());
    assertThat(dueAfter(Duration.ofMillis(9999))).isEqualTo(Due.NOTHING);
    assertThat(dueAfter(Duration.ofMillis(1))).isEqualTo(Due.PING);
  }

  @Test
  void resumingWhatIsNotPausedChangesNothing() {
    ticker.advance(Duration.ofSeconds(29));
    pulse.resume(ticker.nanos());
    assertThat(dueAfter(Duration.ofSeconds(1))).isEqualTo(Due.PING);
  }

  private Due dueAfter(Duration time) {
    ticker.advance(time);
    return pulse.due(ticker.nanos());
  }
}
