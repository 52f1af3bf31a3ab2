package dev.gatehouse.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalWidthTest {

  @Test
  void takesTheExportedWidthFirst() {
    assertThat(TerminalWidth.columns(Map.of("COLUMNS", "72"))).isEqualTo(72);
  }

  @Test
  void readsTheAnswerOfStty() {
    assertThat(TerminalWidth.ofSize("24 80\n")).hasValue(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "24", "0 0\n", "24 -1", "stty: no tty", "24 999999"})
  void anythingElseIsNoWidth(String answer) {
    assertThat(TerminalWidth.ofSize(answer)).isEmpty();
  }
}
