package dev.gatehouse.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
  @CsvSource({"999999999999d,true", "1000000000000d,false"})
  void aDurationHasAtMostTwelveDigits(String text, boolean read) {
    assertThat(DurationText.parse(text).isPresent()).isEqualTo(read);
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
