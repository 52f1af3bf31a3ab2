package dev.gatehouse.control.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 0",
        "gzip | 1",
        "GZip | 1",
        "gzip;q=0 | 0",
        "gzip;q=0.0 | 0",
        "gzip;q=0.5 | 0.5",
        "gzip; Q=1.000 | 1",
        "br, gzip ; x=y ; q=0.2 | 0.2",
        "br;q=1.0, deflate | 0",
        "gzip;q=0.1, gzip;q=0.7 | 0.7",
        "* | 0",
        "x-gzip | 0",
        "gzip;q=2 | 0",
        "gzip;q=-1 | 0",
        "gzip;q=1e9 | 0",
        "gzip;q=NaN | 0",
        "gzip;q= | 0",
        ",,;,gzip | 1",
      })
  void readsQualities(String list, double weight) {
    assertThat(Weights.of(list, "gzip")).isEqualTo(weight);
  }
}
