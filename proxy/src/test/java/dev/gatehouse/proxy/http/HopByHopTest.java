package dev.gatehouse.proxy.http;

import static dev.gatehouse.proxy.http.Messages.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.http.Fields;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopByHopTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "TE",
        "Transfer-Encoding",
        "Upgrade",
        "HTTP2-Settings",
      })
  void whatConcernsOneConnectionEndsThere(String name) {
    Fields kept = fields("Accept", "x");
    assertThat(HopByHop.strip(kept.with(name, "x"))).isEqualTo(kept);
    assertThat(HopByHop.strip(kept.with(name.toUpperCase(Locale.ROOT), ""))).isEqualTo(kept);
  }

  @Test
  void whatConnectionNamesEndsToo() {
    assertThat(
            HopByHop.strip(
                fields(
                    "X-One", "1",
                    "Connection", "close, x-oNE,,\tX-Two",
                    "x-two", "2",
                    "X-Three", "3",
                    "Connection", "X-Four",
                    "X-FOUR", "4")))
        .isEqualTo(fields("X-Three", "3"));
  }

  @Test
  void setCookieIsNeverMerged() {
    Fields cookies = fields("Set-Cookie", "a=1", "Set-Cookie", "b=2");
    assertThat(HopByHop.strip(cookies)).isEqualTo(cookies);
  }

  @ParameterizedTest
  @CsvSource({"trailers, true", "'deflate, Trailers', true", "deflate, false", "'', false"})
  void teMaySayThatTrailersAreTaken(String value, boolean taken) {
    assertThat(HopByHop.takesTrailers(fields("TE", value))).isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length",
        "Transfer-Encoding",
        "Host",
        "Connection",
        "TE",
        "Trailer",
        "Authorization",
        "Cookie",
        "Content-Type",
        "content-anything",
      })
  void aFieldThatFramesOrRoutesMayNotComeAfterTheBody(String name) {
    Fields trailer = fields("X-Checksum", "1", name, "x");
    assertThat(Trailers.ofRequest(trailer)).isEqualTo(Optional.empty());
    assertThat(Trailers.ofResponse(trailer)).isEqualTo(fields("X-Checksum", "1"));
  }

  @Test
  void anyOtherTrailerTravelsOn() {
    Fields trailer = fields("X-Checksum", "1", "grpc-status", "0");
    assertThat(Trailers.ofRequest(trailer)).contains(trailer);
    assertThat(Trailers.ofResponse(trailer)).isEqualTo(trailer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "x-real-ip", "X_Real_IP", "Keep-Alive", "X_Any"})
  void aTrailerNeverPassesForAFieldThatOnlyTheProxySets(String name) {
    assertThat(Trailers.ofRequest(fields(name, "x", "A", "b"))).contains(fields("A", "b"));
  }
}
