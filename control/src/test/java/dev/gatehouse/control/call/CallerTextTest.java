package dev.gatehouse.control.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTextTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          git.example.org, git.example.org
          'büro, 10', 'büro, 10'
          """)
  void plainTextStaysAsItIs(String text, String shown) {
    assertThat(CallerText.harmless(text)).isEqualTo(shown);
  }

  @Test
  void whatATerminalObeysOrAReaderDoesNotSeeIsNamed() {
    assertThat(CallerText.harmless("a\u001b[31m\r\n\tb"))
        .isEqualTo("a\\u{1b}[31m\\u{d}\\u{a}\\u{9}b");
    assertThat(CallerText.harmless("\u202e\u2066\u200b\ufeff"))
        .isEqualTo("\\u{202e}\\u{2066}\\u{200b}\\u{feff}");
    assertThat(CallerText.harmless("\u2028\u2029\u0085")).isEqualTo("\\u{2028}\\u{2029}\\u{85}");
    assertThat(CallerText.harmless("\ud800x\ue000")).isEqualTo("\\u{d800}x\\u{e000}");
  }

  @Test
  void textIsCutAtItsLimitAndNotWithinACharacter() {
    String longest = "x".repeat(CallerText.MAX_CHARACTERS);
    assertThat(CallerText.harmless(longest)).isEqualTo(longest);
    assertThat(CallerText.harmless(longest + "x")).isEqualTo(longest + "…");
    String faces = "\ud83d\ude00".repeat(1_000);
    assertThat(CallerText.harmless(faces))
        .isEqualTo("\ud83d\ude00".repeat(CallerText.MAX_CHARACTERS / 2) + "…");
  }
}
