package dev.gatehouse.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.gatehouse.v1.DriftKind;
import dev.gatehouse.v1.Scope;
import dev.gatehouse.v1.ServiceState;
import dev.gatehouse.v1.V6Only;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @Test
  void writesOutWhatATerminalWouldObey() {
    assertThat(PlainText.of("sshd é 名 😀")).isEqualTo("sshd é 名 😀");
    assertThat(PlainText.of("\u0000\n\u001b\u007f\u009b\u200e\u2066\u2028\ufeff"))
        .isEqualTo("\\u0000\\u000a\\u001b\\u007f\\u009b\\u200e\\u2066\\u2028\\ufeff");
    assertThat(PlainText.of("\ud800")).isEqualTo("\\ud800");
    assertThat(PlainText.orDash("")).isEqualTo("-");
  }

  @Test
  void cutsByCharactersAndNotInTheMiddleOfOne() {
    assertThat(PlainText.cut("😀😀😀", 3)).isEqualTo("😀😀😀");
    assertThat(PlainText.cut("😀😀😀", 2)).isEqualTo("😀…");
    assertThat(PlainText.cut("abc", 1)).isEqualTo("…");
  }

  @Test
  void alignsColumnsAndLeavesNoBlanksAtTheEnd() {
    Table table = Table.of("A", "LONG", "C");
    table.row(TextStyle.PLAIN, List.of("wide", "x", ""));
    assertThat(table.render(Integer.MAX_VALUE, true)).isEqualTo("A     LONG  C\nwide  x\n");
  }

  @Test
  void shortensInOrderAndNeverBelowTheHeading() {
    Table table = Table.of("KEEP", "A", "B").shortening("B", "A");
    table.row(TextStyle.PLAIN, List.of("keep", "1234", "56789"));
    assertThat(table.render(17, false)).endsWith("keep  1234  56789\n");
    assertThat(table.render(16, false)).endsWith("keep  1234  567…\n");
    assertThat(table.render(13, false)).endsWith("keep  1234  …\n");
    assertThat(table.render(12, false)).endsWith("keep  12…  …\n");
    assertThat(table.render(1, false)).endsWith("keep  …  …\n");
  }

  @Test
  void aRowHasACellForEachHeading() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.of("A").row(TextStyle.PLAIN, List.of("a", "b")))
        .withMessage("cells: 2 (expected: 1)");
  }

  @Test
  void findsTheWordOfAValue() {
    assertThat(Words.of(Scope.SCOPE_PUBLIC)).isEqualTo("public");
    assertThat(Words.of(V6Only.V6_ONLY_YES)).isEqualTo("yes");
    assertThat(Words.of(DriftKind.DRIFT_KIND_MISSING)).isEqualTo("missing");
    assertThat(Words.of(ServiceState.SERVICE_STATE_DRAINING)).isEqualTo("draining");
    assertThat(Words.of(Scope.SCOPE_UNSPECIFIED)).isEqualTo("unknown");
    assertThat(Words.of(Scope.UNRECOGNIZED)).isEqualTo("unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "59,59s",
    "60,1m 0s",
    "3599,59m 59s",
    "3600,1h 0m",
    "86399,23h 59m",
    "86400,1d 0h",
    "90000,1d 1h"
  })
  void wordsASpanByItsTwoLargestUnits(long seconds, String words) {
    assertThat(Times.words(Duration.newBuilder().setSeconds(seconds).build())).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "1023,1023 B",
    "1024,1.0 KiB",
    "1572864,1.5 MiB",
    "1125899906842624,1024.0 TiB",
    "NaN,?"
  })
  void wordsAnAmountOfBytesByItsUnit(double bytes, String words) {
    assertThat(Figures.bytes(bytes)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.0 ms",
    "40000,0.0 ms",
    "1540000,1.5 ms",
    "999949999,999.9 ms",
    "2000000000,2.0 s"
  })
  void wordsAShortSpan(long nanos, String words) {
    assertThat(Figures.span(java.time.Duration.ofNanos(nanos))).isEqualTo(words);
  }

  @Test
  void aRateThatIsNoNumberIsNotKnown() {
    assertThat(Figures.rate(0.25)).isEqualTo("0.3");
    assertThat(Figures.rate(Double.POSITIVE_INFINITY)).isEqualTo("?");
  }

  @Test
  void writesAMomentForPeopleInTheirZone() {
    Timestamp moment = Timestamp.newBuilder().setSeconds(0).setNanos(999_999_999).build();
    assertThat(Times.forPeople(moment, ZoneId.of("+02:00"))).isEqualTo("1970-01-01 02:00:00");
    assertThat(Times.forPrograms(moment)).isEqualTo("1970-01-01T00:00:00.999Z");
    assertThat(Times.forPrograms(Timestamp.getDefaultInstance())).isEqualTo("1970-01-01T00:00:00Z");
  }
}
