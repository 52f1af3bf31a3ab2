package dev.gatehouse.net.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void withoutACertificateAnOrderIsDueAtOnce() {
    assertThat(Schedule.atOnce(NOW).isDue(NOW)).isTrue();
    assertThat(Schedule.atOnce(NOW).isDue(NOW.minusMillis(1))).isFalse();
  }

  @Test
  void aRenewalIsDueWhenLessThanAThirdOfTheTimeIsLeft() {
    Schedule schedule = Schedule.renewing(NOW, NOW.plus(90, ChronoUnit.DAYS), 0);
    assertThat(schedule.isDue(NOW.plus(60, ChronoUnit.DAYS).minusMillis(1))).isFalse();
    assertThat(schedule.isDue(NOW.plus(60, ChronoUnit.DAYS))).isTrue();
  }

  @Test
  void renewalsAreSpreadOverAnHour() {
    Instant end = NOW.plus(6, ChronoUnit.DAYS);
    Duration spread =
        Duration.between(
            Schedule.renewing(NOW, end, 0).due(), Schedule.renewing(NOW, end, 1).due());
    assertThat(spread).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void failuresAreRepeatedEverLessOftenUpToAnHour() {
    Schedule schedule = Schedule.atOnce(NOW);
    List<Long> minutes = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      schedule = schedule.failed(NOW);
      minutes.add(Duration.between(NOW, schedule.due()).toMinutes());
    }
    assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    assertThat(schedule.failures()).isEqualTo(9);
  }
}
