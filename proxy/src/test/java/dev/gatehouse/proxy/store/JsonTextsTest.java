package dev.gatehouse.proxy.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextsTest {

  static final List<List<String>> LISTS =
      List.of(
          List.of(),
          List.of("10.0.0.0/8"),
          List.of("b", "a", "b"),
          List.of("", "\"", "\\", "\n", "бот 🤖", "\0"));

  @ParameterizedTest
  @FieldSource("LISTS")
  void whatIsWrittenIsReadBack(List<String> list) {
    assertThat(JsonTexts.read(JsonTexts.write(list))).contains(list);
  }

  @Test
  void aListWithBlanksAmongItsTokensIsReadToo() {
    assertThat(JsonTexts.read(" [ \"a\" ,\n\"b\" ] ")).contains(List.of("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "\"a\"",
        "{}",
        "[",
        "[\"a\"",
        "[\"a\",]",
        "[1]",
        "[null]",
        "[[\"a\"]]",
        "[\"a\"]x",
        "[] []",
        "['a']",
        "[\"a\" \"b\"]",
      })
  void anythingElseIsNone(String text) {
    assertThat(JsonTexts.read(text)).isEmpty();
  }
}
