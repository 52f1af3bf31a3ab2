package dev.gatehouse.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.client.proxy.Backends.Balance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class EnumConverterTest {

  private final EnumConverter<Balance> converter = new EnumConverter<>(Balance.class);

  @ParameterizedTest
  @ValueSource(strings = {"round_robin", "ROUND_ROBIN", "Round_Robin"})
  void readsAWordInEitherCase(String word) {
    assertThat(converter.convert(word)).isEqualTo(Balance.ROUND_ROBIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "", "unknown"})
  void listsTheWordsWhenNoneFits(String word) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> converter.convert(word))
        .withMessage("'%s' (expected: round_robin, least_connections)", word);
  }

  @Test
  void offersTheWordsForCompletion() {
    assertThat(converter).containsExactly("round_robin", "least_connections");
  }
}
