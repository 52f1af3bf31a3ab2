package dev.gatehouse.tracker.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePatternTest {

  @ParameterizedTest
  @CsvSource({
    "/announce, /announce",
    "ping, /ping",
    "/{passkey}/announce, /{passkey}/announce",
    "/:passkey/announce, /{passkey}/announce",
    "/announce.php, /announce.php"
  })
  void isAPathWhoseFirstSlashMayBeLeftOut(String text, String canonical) {
    assertThat(RoutePattern.parse(text)).map(RoutePattern::toString).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//a", "/a/", "/a b", "/..", "/{}", "/{1}", "/a{b}", "/a?b"})
  void whatNoPathCanBeIsRefused(String text) {
    assertThat(RoutePattern.parse(text)).isEmpty();
  }

  @Test
  void namesOfParametersDoNotTellPathsApart() {
    assertThat(route("/{a}/x").isLike(route("/{b}/x"))).isTrue();
    assertThat(route("/{a}/x").isLike(route("/a/x"))).isFalse();
  }

  private static RoutePattern route(String text) {
    return RoutePattern.parse(text).orElseThrow();
  }
}
