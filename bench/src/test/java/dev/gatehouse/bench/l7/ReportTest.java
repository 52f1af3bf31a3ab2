package dev.gatehouse.bench.l7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

  private static final String OUTPUT =
      """
      Application protocol: h2
      Main benchmark duration is over for thread #0. Stopping all clients.

      finished in 891.75ms, 184.00 req/s, 180.67MB/s
      requests: 92 total, 192 started, 92 done, 92 succeeded, 0 failed, 0 errored, 0 timeout
      status codes: 109 2xx, 0 3xx, 0 4xx, 0 5xx
      traffic: 90.34MB (94723424) total, 12.03KB (12317) headers (space savings 38.59%), 90.22MB (94604930) data
                           min         max         mean         sd        +/- sd
      time for request:     5.51ms    442.55ms    204.81ms    122.48ms    56.52%
      """;

  @Test
  void hasTheAnswersAndTheBytesOfTheirBodies() throws IOException {
    assertThat(Report.parse(OUTPUT)).isEqualTo(new Report(92, 94_604_930));
  }

  @Test
  void countsThePartOfABodyThatCameBeforeTimeWasUp() {
    assertThat(new Report(1, 2_500).bodies(1_000)).isEqualTo(2.5);
  }

  @ParameterizedTest
  @CsvSource({
    "0 3xx, 7 3xx",
    "0 4xx, 1 4xx",
    "0 5xx, 92 5xx",
    "0 failed, 3 failed",
  })
  void refusesARunInWhichSomethingWasRefused(String well, String ill) {
    assertThatThrownBy(() -> Report.parse(OUTPUT.replace(well, ill)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(ill)
        .hasMessageEndingWith("(expected: 2xx alone)");
  }

  @Test
  void tellsWhatWasSaidInstead() {
    assertThatThrownBy(() -> Report.parse("failed to resolve address\n"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("but: failed to resolve address");
  }
}
