package dev.gatehouse.watch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PassScheduleTest {

  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final long START = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

  private final PassSchedule schedule = new PassSchedule(START);

  @Test
  void theFirstRunIsDueAtOnce() {
    assertThat(schedule.nanosUntilDue(START, INTERVAL)).isZero();
  }

  @Test
  void theNextRunIsDueOneIntervalAfterTheBeginOfTheLast() {
    schedule.begin(START);
    schedule.end();
    assertThat(schedule.nanosUntilDue(after(10), INTERVAL)).isEqualTo(seconds(5));
    assertThat(schedule.nanosUntilDue(after(15), INTERVAL)).isZero();
    assertThat(schedule.nanosUntilDue(after(40), INTERVAL)).isZero();
  }

  @Test
  void restsWhenNobodyHasReadForFiveMinutes() {
    ran(START);
    assertThat(schedule.nanosUntilDue(after(300), INTERVAL)).isZero();
    assertThat(schedule.nanosUntilDue(after(301), INTERVAL)).isEqualTo(PassSchedule.NEVER);
  }

  @Test
  void theReaderAfterARestWantsARunAndTheOnesBeforeDoNot() {
    ran(START);
    assertThat(schedule.read(after(299))).isFalse();
    assertThat(schedule.read(after(598))).isFalse();
    assertThat(schedule.read(after(1000))).isTrue();
    assertThat(schedule.nanosUntilDue(after(1000), INTERVAL)).isZero();
    ran(after(1000));
    assertThat(schedule.read(after(1001))).isFalse();
    assertThat(schedule.nanosUntilDue(after(1001), INTERVAL)).isEqualTo(seconds(14));
  }

  @Test
  void aReaderBeforeTheFirstRunWantsIt() {
    assertThat(schedule.read(START)).isTrue();
  }

  @Test
  void aPassThatIsOffIsNeverDue() {
    assertThat(schedule.nanosUntilDue(START, Duration.ZERO)).isEqualTo(PassSchedule.NEVER);
  }

  private void ran(long nowNanos) {
    schedule.begin(nowNanos);
    schedule.end();
  }

  private static long after(long seconds) {
    return START + seconds(seconds);
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
