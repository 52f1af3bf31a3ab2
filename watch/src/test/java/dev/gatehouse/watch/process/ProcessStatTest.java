package dev.gatehouse.watch.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.watch.procfs.TextCursor;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {

  /** Fields 4 to 25, each its own number but the flags. */
  private static final String AFTER_STATE =
      "4 5 6 7 8 4194560 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25\n";

  @Test
  void readsTheFieldsByTheirNumbers() {
    assertThat(parse("77 (nginx) S " + AFTER_STATE))
        .contains(new ProcessStat("nginx", 'S', 4194560, 12, 14, 15, 20, 22, 23, 24));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a) R 1 (b", "((", "))", "a\nb", "", "\u00ff"})
  void theNameMayHoldAnything(String comm) {
    assertThat(parse("77 (" + comm + ") S " + AFTER_STATE))
        .hasValueSatisfying(
            stat -> {
              assertThat(stat.comm()).isEqualTo(comm);
              assertThat(stat.startTicks()).isEqualTo(22);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "77", "77 (nginx", "77 nginx) S 1", "77 (nginx)", "77 (nginx) "})
  void withoutANameAndAStateThereIsNoProcess(String text) {
    assertThat(parse(text)).isEmpty();
  }

  @Test
  void aShortLineLosesItsLastFieldsOnly() {
    assertThat(parse("77 (nginx) S 4 5 6 7 8 0 10 11 12 13 14"))
        .contains(new ProcessStat("nginx", 'S', 0, 12, 14, -1, -1, TextCursor.ABSENT, -1, -1));
  }

  @Test
  void aThreadOfTheKernelIsKnownByItsFlag() {
    assertThat(parse("2 (nginx) S 0 0 0 0 -1 2129984 0").orElseThrow().isKernelThread()).isTrue();
    assertThat(parse("2 (kworker) S 0 0 0 0 -1 4194560 0").orElseThrow().isKernelThread())
        .isFalse();
    assertThat(parse("2 (cut) S 0").orElseThrow().isKernelThread()).isFalse();
  }

  private static Optional<ProcessStat> parse(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return ProcessStat.parse(bytes, bytes.length);
  }
}
