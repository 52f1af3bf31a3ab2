package dev.gatehouse.net.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenFileLimitTest {

  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max processes             96551                96551                processes
      Max open files            1024                 524288               files
      Max locked memory         8388608              8388608              bytes
      """;

  @Test
  void theLimitInForceCountsNotTheHighestPossible() {
    assertThat(OpenFileLimit.read(LIMITS)).hasValue(1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Max open files            unlimited            unlimited            files",
        "Max open files            9999999999999999999  9999999999999999999  files",
        "No Max open files            1024                 524288               files",
      })
  void whatIsNoNumberIsNoLimit(String limits) {
    assertThat(OpenFileLimit.read(limits)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisProcessHasOne() {
    assertThat(OpenFileLimit.ofProcess().orElse(0)).isGreaterThan(16);
  }
}
