package dev.gatehouse.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTextTest {

  @ParameterizedTest
  @CsvSource({
    "0,0s,0",
    "0s,0s,0",
    "250ms,250ms,250",
    "30s,30s,30000",
    "60s,1m,60000",
    "1h30m,90m,5400000",
    "336h,336h,1209600000",
    "14d,336h,1209600000",
    "1s500ms,1500ms,1500",
  })
  void aDurationIsReadAndPrintedInItsLargestUnit(String text, String printed, long millis) {
    assertThat(DurationText.parse(text)).contains(Duration.ofMillis(millis));
    assertThat(DurationText.print(Duration.ofMillis(millis))).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "5", "s", "-5s", "+5s", "5 s", " 5s", "1.5s", "5S", "5sec", "٥s", "5s,", "0x5s"
      })
  void otherSpellingsAreNoDurations(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ms,MILLIS", "s,SECONDS", "m,MINUTES", "h,HOURS", "d,DAYS"})
  void aDurationHasAtMostTwelveDigitsOfEveryUnit(String name, ChronoUnit unit) {
    assertThat(DurationText.parse("999999999999" + name))
        .contains(Duration.ZERO.plus(999_999_999_999L, unit));
    assertThat(DurationText.parse("1000000000000" + name)).isEmpty();
  }

  @Test
  void aDurationIsAtMostSixtyCharactersLong() {
    assertThat(DurationText.parse("1s".repeat(30))).contains(Duration.ofSeconds(30));
    assertThat(DurationText.parse("1s".repeat(29) + "1ms")).isEmpty();
  }

  @Test
  void whatIsPrintedIsReadAsTheSame() {
    Random random = new Random(20_260_301);
    for (int i = 0; i < 1_000; i++) {
      long amount = random.nextLong(1L << random.nextInt(1, 34));
      Duration duration = Duration.ofMillis(amount);
      assertThat(DurationText.parse(DurationText.print(duration))).contains(duration);
      assertThat(SizeText.parse(SizeText.print(amount))).contains(amount);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9999999999B,9999999999",
    "8388607TiB,9223370937343148032",
    "8388608TiB,",
    "8589934591GiB,9223372035781033984",
    "8589934592GiB,",
    "9999999999TiB,",
  })
  void aSizeThatNoNumberCanHoldIsNoSize(String text, @Nullable Long bytes) {
    assertThat(SizeText.parse(text)).isEqualTo(Optional.ofNullable(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0B,0",
    "240B,240B,240",
    "1400,1400B,1400",
    "256KiB,256KiB,262144",
    "1024KiB,1MiB,1048576",
    "1GiB,1GiB,1073741824",
    "2TiB,2TiB,2199023255552",
    "2048TiB,2048TiB,2251799813685248",
  })
  void aSizeIsReadAndPrintedInItsLargestUnit(String text, String printed, long bytes) {
    assertThat(SizeText.parse(text)).contains(bytes);
    assertThat(SizeText.print(bytes)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KiB", "5KB", "5kib", "5 KiB", "-1", "1.5MiB", "10000000000TiB"})
  void otherSpellingsAreNoSizes(String text) {
    assertThat(SizeText.parse(text)).isEmpty();
  }
}
