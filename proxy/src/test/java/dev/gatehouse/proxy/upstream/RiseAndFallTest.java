package dev.gatehouse.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiseAndFallTest {

  /** Outcomes as + and -, and after each of them the state: u for up, d for down. */
  @ParameterizedTest
  @CsvSource({
    "+++, uuu",
    "--+, uuu",
    "---, uud",
    "--+--+--, uuuuuuuu",
    "----, uudd",
    "---+-, uuddd",
    "---+-++, uuddddu",
    "---++--, uudduuu",
    "---++---, uudduuud",
  })
  void needsThreeFailuresOrTwoSuccessesInARow(String outcomes, String states) {
    RiseAndFall state = new RiseAndFall();
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < outcomes.length(); i++) {
      boolean before = state.isUp();
      boolean changed = state.changes(outcomes.charAt(i) == '+');
      assertThat(changed).isEqualTo(before != state.isUp());
      seen.append(state.isUp() ? 'u' : 'd');
    }
    assertThat(seen).hasToString(states);
  }
}
