package dev.gatehouse.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendTest {

  private static final Duration INSTANT = Duration.ofNanos(1);

  private final ManualTicker ticker = new ManualTicker();
  private final Backend backend = new Backend(Destination.parse("10.0.0.5:443").orElseThrow());

  @Test
  void isUpUntilADialFails() {
    assertThat(isUp()).isTrue();
    fail();
    assertThat(isUp()).isFalse();
    backend.dialled();
    assertThat(isUp()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 32", "7, 60", "8, 60", "100, 60"})
  void eachFailureDoublesTheBackOffUpToAMinute(int failures, int seconds) {
    for (int i = 0; i < failures; i++) {
      ticker.advance(Duration.ofSeconds(60));
      fail();
    }
    ticker.advance(Duration.ofSeconds(seconds).minus(INSTANT));
    assertThat(isUp()).isFalse();
    ticker.advance(INSTANT);
    assertThat(isUp()).isTrue();
  }

  @Test
  void aSuccessResetsTheBackOff() {
    fail();
    ticker.advance(Duration.ofSeconds(1));
    fail();
    backend.dialled();
    fail();
    ticker.advance(Duration.ofSeconds(1));
    assertThat(isUp()).isTrue();
  }

  @Test
  void aCrowdThatFailsTogetherIsOneFailure() {
    for (int i = 0; i < 100; i++) {
      fail();
    }
    ticker.advance(Duration.ofSeconds(1));
    assertThat(isUp()).isTrue();
  }

  @Test
  void oneConnectionFindsOutWhetherAnOutageIsOver() {
    fail();
    ticker.advance(Duration.ofSeconds(1));
    assertThat(claim()).isTrue();
    assertThat(claim()).isFalse();
    assertThat(isUp()).isFalse();
    backend.dialled();
    assertThat(claim()).isTrue();
    assertThat(claim()).isTrue();
  }

  @Test
  void aTrialThatFailsDoublesTheBackOff() {
    fail();
    ticker.advance(Duration.ofSeconds(1));
    claim();
    fail();
    ticker.advance(Duration.ofSeconds(2).minus(INSTANT));
    assertThat(isUp()).isFalse();
    ticker.advance(INSTANT);
    assertThat(isUp()).isTrue();
  }

  @Test
  void aTrialWithoutAnOutcomeIsFollowedByAnother() {
    fail();
    ticker.advance(Duration.ofSeconds(1));
    assertThat(claim()).isTrue();
    ticker.advance(Duration.ofSeconds(5).minus(INSTANT));
    assertThat(claim()).isFalse();
    ticker.advance(INSTANT);
    assertThat(claim()).isTrue();
  }

  @Test
  void whatHealthChecksHoldDownStaysDown() {
    backend.hold(true);
    assertThat(isUp()).isFalse();
    ticker.advance(Duration.ofDays(1));
    assertThat(isUp()).isFalse();
    backend.hold(false);
    assertThat(isUp()).isTrue();
  }

  @Test
  void countsItsConnections() {
    backend.opened();
    backend.opened();
    backend.closed();
    assertThat(backend.open()).isEqualTo(1);
  }

  private boolean isUp() {
    return backend.isUp(ticker.nanos());
  }

  private boolean claim() {
    return backend.claim(ticker.nanos());
  }

  private void fail() {
    backend.dialFailed(ticker.nanos());
  }
}
