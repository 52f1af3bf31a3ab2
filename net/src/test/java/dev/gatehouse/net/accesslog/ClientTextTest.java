package dev.gatehouse.net.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "www.example.org", "a b \"c\" \\ =", "bücher.example", "😀"})
  void whatIsHarmlessStaysAsItIs(String text) {
    assertThat(ClientText.harmless(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, '\n', '\r', 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x61c, 0x200b, 0x200e, 0x200f, 0x2028,
        0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xfeff
      })
  void whatATerminalObeysOrABrowserReordersIsNamedByItsNumber(int point) {
    assertThat(ClientText.harmless("a" + Character.toString(point) + "b"))
        .isEqualTo("a\\u%04xb".formatted(point));
  }

  @Test
  void bothHalvesOfAnInvisiblePairAreNamed() {
    assertThat(ClientText.harmless("a\udb40\udc01b")).isEqualTo("a\\udb40\\udc01b");
  }

  @Test
  void halfOfAPairIsNamedAndHarmsNoNeighbour() {
    assertThat(ClientText.harmless("\ud83da")).isEqualTo("\\ud83da");
    assertThat(ClientText.harmless("a\ude00")).isEqualTo("a\\ude00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "€", "😀"})
  void aKibibyteIsKeptAndWhatFollowsIsCut(String character) {
    int bytes = character.getBytes(UTF_8).length;
    String longest = character.repeat(ClientText.MAX_BYTES / bytes);
    assertThat(ClientText.harmless(longest)).isEqualTo(longest);
    assertThat(ClientText.harmless(longest + character)).isEqualTo(longest + "…");
    assertThat(ClientText.harmless(longest + character.repeat(100_000))).isEqualTo(longest + "…");
  }

  @Test
  void theLimitIsOnWhatIsWritten() {
    String escapes = "\n".repeat(ClientText.MAX_BYTES);
    assertThat(ClientText.harmless(escapes)).isEqualTo("\\u000a".repeat(170) + "…");
  }
}
