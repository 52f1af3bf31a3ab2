package dev.gatehouse.proxy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusLabelTest {

  @ParameterizedTest
  @ValueSource(ints = {101, 200, 204, 304, 404, 421, 429, 451, 500, 504, 511})
  void aRegisteredStatusIsItsOwnWord(int status) {
    assertThat(StatusLabel.of(status)).isEqualTo(Integer.toString(status));
  }

  @ParameterizedTest
  @CsvSource({"299, 2xx", "306, 3xx", "418, 4xx", "499, 4xx", "520, 5xx", "599, 5xx", "103, 1xx"})
  void anyOtherIsOneOfItsHundred(int status, String word) {
    assertThat(StatusLabel.of(status)).isEqualTo(word);
  }
}
