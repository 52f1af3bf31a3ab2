package dev.gatehouse.control.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "/metrics, '', /metrics",
    "/metrics?name=x, '', /metrics",
    "/?/metrics, '', /",
    "/%2e%2e/metrics, '', /%2e%2e/metrics",
    "//localhost/metrics, '', //localhost/metrics",
    "*, '', *",
    "http://localhost/metrics, localhost, /metrics",
    "HTTP://[::1]:9090/metrics?x, [::1]:9090, /metrics",
    "http://localhost, localhost, /",
    "http://localhost?x, localhost, /",
    "http://user@localhost/, user@localhost, /",
  })
  void reads(String text, String authority, String path) {
    assertThat(Target.parse(text)).hasValue(new Target(authority, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "metrics",
        "localhost:9090",
        "http:///metrics",
        "http://",
        "https://localhost/",
        "/a b",
        "/a\tb",
        "/a\u0000",
        "/\u00e9",
        "/a#b",
        "ftp://localhost/",
        "**"
      })
  void refuses(String text) {
    assertThat(Target.parse(text)).isEmpty();
  }
}
