package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.cli.ExposureOptions.Reach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class EnumConverterTest {

  private final EnumConverter<Reach> converter = new EnumConverter<>(Reach.class);

  @ParameterizedTest
  @ValueSource(strings = {"public", "PUBLIC", "Public"})
  void readsAWordInEitherCase(String word) {
    assertThat(converter.convert(word)).isEqualTo(Reach.PUBLIC);
  }

  @Test
  void listsTheWordsWhenNoneFits() {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> converter.convert("everywhere"))
        .withMessage("'everywhere' (expected: loopback, private, public)");
  }
}
