package dev.gatehouse.watch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nginx|/usr/sbin/nginx-debug|nginx",
        "systemd-resolve|/usr/lib/systemd/systemd-resolved|systemd-resolved",
        "systemd-resolve|systemd-resolved|systemd-resolved",
        "systemd-resolve|/opt/other|systemd-resolve",
        "systemd-resolve|''|systemd-resolve",
        "fourteen-bytes|/bin/fourteen-bytes-and-more|fourteen-bytes",
        "''|/usr/bin/nameless|nameless",
        "''|''|''",
      })
  void theFirstArgumentCompletesANameThatTheKernelCut(
      String comm, String argument, String expected) {
    assertThat(ProcessName.of(comm, argument)).isEqualTo(expected);
  }

  @Test
  void onlyFifteenBytesOrNoneMayBeCut() {
    assertThat(ProcessName.mayBeCut("a".repeat(14))).isFalse();
    assertThat(ProcessName.mayBeCut("a".repeat(15))).isTrue();
    assertThat(ProcessName.mayBeCut("")).isTrue();
  }

  @Test
  void controlCharactersAreShownAsQuestionMarks() {
    assertThat(ProcessName.of("a\u001b[2J\nb\u007f")).isEqualTo("a?[2J?b?");
  }

  @Test
  void theBytesAreUtf8AndWhatIsNotIsReplaced() {
    assertThat(ProcessName.of(bytes("grüß"))).isEqualTo("grüß");
    assertThat(ProcessName.of("a\u00ffb")).isEqualTo("a\ufffdb");
    assertThat(ProcessName.of(bytes("\u0085"))).isEqualTo("?");
  }

  @Test
  void aLongNameIsCutAtTheLimit() {
    String comm = "a".repeat(15);
    assertThat(ProcessName.of(comm, "a".repeat(64))).hasSize(64);
    assertThat(ProcessName.of(comm, "a".repeat(65))).hasSize(ProcessName.MAX_CHARACTERS);
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
