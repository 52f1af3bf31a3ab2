package dev.gatehouse.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class AmountConvertersTest {

  private final DurationConverter durations = new DurationConverter();
  private final SizeConverter sizes = new SizeConverter();

  @ParameterizedTest
  @CsvSource({"0,0", "0s,0", "250ms,250", "30s,30000", "1h30m,5400000", "2d,172800000"})
  void readsDurationsAsTheConfigurationWritesThem(String text, long millis) {
    assertThat(durations.convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-5s", "1.5s", "5 s", "PT5S", "1000000000s", "٣s"})
  void refusesWhatIsNoDuration(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> durations.convert(text))
        .withMessage("'%s' (expected: a duration such as 250ms, 30s or 1h30m)", text);
  }

  @Test
  void refusesADurationWithoutEnd() {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> durations.convert("1s".repeat(31)));
    assertThat(durations.convert("1s".repeat(30))).hasSeconds(30);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "240,240", "240B,240", "16KiB,16384", "1MiB,1048576", "1TiB,1099511627776"})
  void readsSizesAsTheConfigurationWritesThem(String text, long bytes) {
    assertThat(sizes.convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1KB", "1 KiB", "1.5MiB", "9999999999999999999", "8388608TiB"})
  void refusesWhatIsNoSize(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> sizes.convert(text))
        .withMessage("'%s' (expected: a size such as 240, 16KiB or 1MiB)", text);
  }
}
