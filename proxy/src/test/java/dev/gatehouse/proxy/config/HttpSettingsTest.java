package dev.gatehouse.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.proxy.http.forward.ForwardingRules;
import dev.gatehouse.proxy.http.forward.ForwardingRules.Style;
import dev.gatehouse.proxy.http.guard.UnderscoreHeaders;
import dev.gatehouse.proxy.route.TlsVersion;
import dev.gatehouse.wire.http.HeadLimits;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSettingsTest {

  private static final int KIB = 1024;

  private static final String ALL =
      """
      tls_min_version = "1.2"
      tls_handshake_timeout = "4s"
      tls_require_chain = false
      cert_poll_interval = "1h"
      cert_expiry_warning = "24h"
      max_request_line = "1KiB"
      max_header_size = "2KiB"
      max_header_fields = 9
      max_request_body = "3MiB"
      max_requests_per_connection = 7
      underscore_headers = "allow"
      request_rate_limit = 5
      request_rate_window = "2s"
      keepalive_timeout = "1s"
      request_header_timeout = "2s"
      body_stall_timeout = "3s"
      min_body_rate = 0
      send_stall_timeout = "5s"
      response_header_timeout = "6s"
      response_stall_timeout = "7s"
      tunnel_timeout = "8s"
      h2_max_concurrent_streams = 3
      h2_stream_window = "128KiB"
      h2_connection_window = "256KiB"
      h2_max_streams_per_connection = 11
      backend_idle_timeout = "9s"
      backend_max_idle = 4
      backend_max_connections = 12
      trusted_forwarders = ["10.0.0.0/8"]
      forwarded_headers = "none"
      request_id_header = ""
      """;

  @Test
  void everyKeyHasADefault() {
    assertThat(loaded(""))
        .isEqualTo(
            new HttpSettings(
                new TlsSettings(
                    TlsVersion.TLS_1_3, seconds(10), true, seconds(30), Duration.ofHours(336)),
                new RequestLimits(
                    new HeadLimits(8 * KIB, 64 * KIB, 128),
                    0,
                    10_000,
                    UnderscoreHeaders.DROP,
                    0,
                    seconds(10)),
                new HttpTimeouts(
                    seconds(75),
                    seconds(10),
                    seconds(30),
                    240,
                    seconds(30),
                    seconds(60),
                    seconds(60),
                    Duration.ofHours(1)),
                new Http2Limits(100, 256 * KIB, 1024 * KIB, 10_000),
                new PoolSettings(seconds(30), 32, 0),
                new ForwardingRules(CidrSet.EMPTY, Style.BOTH, "X-Request-Id")));
  }

  @Test
  void everyKeyCanBeSetToSomethingElse() {
    HttpSettings settings = loaded(ALL);
    assertThat(settings.tls())
        .isEqualTo(
            new TlsSettings(
                TlsVersion.TLS_1_2, seconds(4), false, Duration.ofHours(1), Duration.ofHours(24)));
    assertThat(settings.requests())
        .isEqualTo(
            new RequestLimits(
                new HeadLimits(KIB, 2 * KIB, 9),
                3 * KIB * KIB,
                7,
                UnderscoreHeaders.ALLOW,
                5,
                seconds(2)));
    assertThat(settings.timeouts())
        .isEqualTo(
            new HttpTimeouts(
                seconds(1),
                seconds(2),
                seconds(3),
                0,
                seconds(5),
                seconds(6),
                seconds(7),
                seconds(8)));
  }

  @Test
  void everyOtherKeyCanBeSetToSomethingElseToo() {
    HttpSettings settings = loaded(ALL);
    assertThat(settings.http2()).isEqualTo(new Http2Limits(3, 128 * KIB, 256 * KIB, 11));
    assertThat(settings.pool()).isEqualTo(new PoolSettings(seconds(9), 4, 12));
    ForwardingRules forwarding = settings.forwarding();
    assertThat(forwarding.style()).isEqualTo(Style.NONE);
    assertThat(forwarding.requestIdHeader()).isEmpty();
    assertThat(forwarding.trustedForwarders().contains(address("10.1.2.3"))).isTrue();
    assertThat(forwarding.trustedForwarders().contains(address("11.1.2.3"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "keepalive_timeout, 75",
    "request_header_timeout, 10",
    "body_stall_timeout, 30",
    "send_stall_timeout, 30",
    "response_header_timeout, 60",
    "response_stall_timeout, 60",
    "tunnel_timeout, 3600",
    "backend_idle_timeout, 30",
  })
  void zeroIsForEver(String key, int seconds) {
    HttpSettings settings = loaded(key + " = 0");
    assertThat(durations(settings)).contains(Duration.ZERO);
    assertThat(durations(loaded(""))).contains(seconds(seconds)).doesNotContain(Duration.ZERO);
  }

  private static java.util.List<Duration> durations(HttpSettings settings) {
    HttpTimeouts times = settings.timeouts();
    return java.util.List.of(
        times.keepAlive(),
        times.requestHeader(),
        times.bodyStall(),
        times.sendStall(),
        times.responseHeader(),
        times.responseStall(),
        times.tunnel(),
        settings.pool().idleTimeout());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tls_min_version = \"1.1\" | expected 1.2 or 1.3",
        "tls_handshake_timeout = 0 | tls_handshake_timeout = 0: expected",
        "cert_poll_interval = \"500ms\" | cert_poll_interval = \"500ms\": expected",
        "cert_poll_interval = \"61m\" | cert_poll_interval = \"61m\": expected",
        "cert_expiry_warning = \"1s\" | cert_expiry_warning = \"1s\": expected",
        "max_request_line = 100 | max_request_line = 100: expected",
        "max_header_size = \"97KiB\" | max_header_size = \"97KiB\": expected",
        "max_header_fields = 7 | max_header_fields = 7: expected",
        "max_request_body = -1 | max_request_body = -1: expected",
        "max_requests_per_connection = 0 | max_requests_per_connection = 0: expected",
        "underscore_headers = \"keep\" | expected drop, reject or allow",
        "request_rate_limit = -1 | request_rate_limit = -1: expected",
        "request_rate_window = 0 | request_rate_window = 0: expected",
        "keepalive_timeout = \"25h\" | keepalive_timeout = \"25h\": expected",
        "h2_max_concurrent_streams = 0 | h2_max_concurrent_streams = 0: expected",
        "h2_stream_window = \"1KiB\" | h2_stream_window = \"1KiB\": expected",
        "h2_connection_window = \"128KiB\" | h2_connection_window = \"128KiB\":"
            + " expected at least h2_stream_window",
        "h2_max_streams_per_connection = 0 | h2_max_streams_per_connection = 0: expected",
        "backend_max_idle = -1 | backend_max_idle = -1: expected",
        "backend_max_connections = -1 | backend_max_connections = -1: expected",
        "trusted_forwarders = [\"10.0.0.1/8\"] | trusted_forwarders",
        "forwarded_headers = \"via\" | expected x-forwarded, forwarded, both or none",
        "request_id_header = \"X Id\" | request_id_header = \"X Id\":"
            + " expected the name of a field, or nothing",
      })
  void aWrongValueIsNamedWithTheWayOut(String toml, String problem) {
    assertThat(problems(toml)).contains(problem);
  }

  @Test
  void theShortestTimeIsThatOfThoseThatEnd() {
    assertThat(loaded("").timeouts().shortest()).contains(seconds(10));
    assertThat(loaded("request_header_timeout = 0").timeouts().shortest()).contains(seconds(30));
    HttpTimeouts never =
        new HttpTimeouts(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            0,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);
    assertThat(never.shortest()).isEmpty();
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private static HttpSettings loaded(String toml) {
    return switch (read(toml)) {
      case ConfigResult.Loaded<HttpSettings> loaded -> loaded.value();
      case ConfigResult.Refused<HttpSettings> refused ->
          throw new AssertionError(refused.problems());
    };
  }

  private static String problems(String toml) {
    return switch (read(toml)) {
      case ConfigResult.Loaded<HttpSettings> _ -> "";
      case ConfigResult.Refused<HttpSettings> refused ->
          refused.problems().stream()
              .map(ConfigProblem::toString)
              .collect(Collectors.joining("\n"));
    };
  }

  private static ConfigResult<HttpSettings> read(String toml) {
    return Configuration.of(HttpSettings::read).read(ConfigSource.text("gatehouse.toml", toml));
  }
}
