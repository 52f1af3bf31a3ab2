package dev.gatehouse.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteNameTest {

  @ParameterizedTest
  @CsvSource({
    "git.example.org, git.example.org",
    "GIT.example.ORG., git.example.org",
    "*.Example.org, *.example.org",
    "_acme.example.org, _acme.example.org",
    "localhost, localhost",
  })
  void readsNamesInTheirNormalForm(String text, String normal) {
    assertThat(RouteName.parse(text)).get().hasToString(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        ".",
        "a.*.org",
        "*a.org",
        "**.org",
        "a b.org",
        "192.0.2.1",
        "[::1]",
        "bücher.example",
        "a..b",
        "git.example.org..",
        "a/b"
      })
  void refusesWhatNoClientCanAskFor(String text) {
    assertThat(RouteName.parse(text)).isEmpty();
  }

  @Test
  void aUnicodeNameIsRefusedWithTheFormThatClientsSend() {
    assertThat(RouteName.remedy("bücher.example"))
        .contains("write it as \"xn--bcher-kva.example\"");
    assertThat(RouteName.remedy("*.bücher.example"))
        .contains("write it as \"*.xn--bcher-kva.example\"");
  }

  @Test
  void aStarAloneIsRefusedWithTheKeyThatIsMeant() {
    assertThat(RouteName.remedy("*"))
        .contains("name the route for all other names in default_route");
  }

  @Test
  void whatCannotBeMendedHasNoRemedy() {
    assertThat(RouteName.remedy("a b")).isEmpty();
    assertThat(RouteName.remedy("192.0.2.1")).isEmpty();
  }
}
