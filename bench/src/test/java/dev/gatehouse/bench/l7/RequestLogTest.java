package dev.gatehouse.bench.l7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLogTest {

  @Test
  void putsTheTimesInOrder() throws IOException {
    RequestLog log =
        RequestLog.parse(List.of("1795718112844714\t200\t31", "5\t200\t7", "6\t200\t9"));

    assertThat(log.sortedMicros()).containsExactly(7L, 9L, 31L);
  }

  @Test
  void knowsThePercentiles() throws IOException {
    List<String> lines = IntStream.rangeClosed(1, 200).mapToObj(i -> "0\t200\t" + i).toList();

    assertThat(RequestLog.parse(lines).percentile(0.5)).isEqualTo(100);
    assertThat(RequestLog.parse(lines).percentile(0.99)).isEqualTo(198);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1\t-1\t31", "1\t503\t31", "1\t200", ""})
  void refusesWhatIsNoAnswer(String line) {
    assertThatThrownBy(() -> RequestLog.parse(List.of("1\t200\t5", line)))
        .isInstanceOf(IOException.class)
        .hasMessage(line + " (expected: start, 200 and microseconds)");
  }

  @Test
  void ofNothingHasNoPercentiles() {
    assertThatThrownBy(() -> RequestLog.parse(List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("h2load logged no request");
  }
}
