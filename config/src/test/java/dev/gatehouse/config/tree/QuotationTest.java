package dev.gatehouse.config.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotationTest {

  @ParameterizedTest
  @CsvSource({
    "TEXT,a,\"a\"",
    "TEXT,'',\"\"",
    "UNTYPED,a,\"a\"",
    "INTEGER,7,7",
    "DECIMAL,7.5,7.5",
    "BOOLEAN,true,true",
    "MOMENT,1979-05-27,1979-05-27",
    "EMPTY,'',null",
  })
  void aPlainValueIsQuotedAsItsKindIsWritten(Kind kind, String text, String quoted) {
    assertThat(Quotation.of(new Scalar(1, kind, text))).isEqualTo(quoted);
  }

  @Test
  void whatHoldsOtherValuesIsOnlyIndicated() {
    Node inner = Scalar.text("s3cret");
    assertThat(Quotation.of(new Array(1, List.of(inner)))).isEqualTo("[…]");
    assertThat(Quotation.of(new Array(1, List.of()))).isEqualTo("[…]");
    assertThat(Quotation.of(new Table(1, Map.of("a", inner)))).isEqualTo("{…}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a\"b | a\\\"b",
        "a\\\\b | a\\\\b",
        "a\\nb\\tc\\rd | a\\nb\\tc\\rd",
      })
  void whatWouldEndAQuotationIsEscaped(String text, String quoted) {
    String plain = text.equals("a\\\\b") ? "a\\b" : text.translateEscapes();
    assertThat(Quotation.cut(plain)).isEqualTo(quoted);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 7, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x200b, 0x202e, 0x2028, 0x2029, 0xfeff, 0xe000})
  void whatATerminalWouldObeyOrNotShowIsNamedByItsNumber(int character) {
    assertThat(Quotation.cut("a" + Character.toString(character) + "b"))
        .isEqualTo("a\\u{%x}b".formatted(character));
  }

  @Test
  void halfOfAPairIsNamedByItsNumberAndAWholePairIsShown() {
    assertThat(Quotation.cut("\ud83d")).isEqualTo("\\u{d83d}");
    assertThat(Quotation.cut("\ude00a")).isEqualTo("\\u{de00}a");
    assertThat(Quotation.cut("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    assertThat(Quotation.cut("\udb80\udc00")).isEqualTo("\\u{f0000}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "\ud83d\ude00"})
  void sixtyCharactersAreShownAndTheNextIsCut(String character) {
    String sixty = character.repeat(60);
    assertThat(Quotation.cut(sixty)).isEqualTo(sixty);
    assertThat(Quotation.cut(sixty + "y")).isEqualTo(sixty + "…");
    assertThat(Quotation.cut(sixty + "y".repeat(100_000))).isEqualTo(sixty + "…");
  }

  @Test
  void anEscapedCharacterCountsAsOne() {
    assertThat(Quotation.cut("\n".repeat(60))).isEqualTo("\\n".repeat(60));
    assertThat(Quotation.cut("\u001b".repeat(61))).isEqualTo("\\u{1b}".repeat(60) + "…");
  }
}
