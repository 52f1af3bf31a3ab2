package dev.gatehouse.control.ops.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private static final Page PAGE = accept -> Answer.text(200, "x");

  @Test
  void twoPagesAtOnePathAreRefused() {
    Route one = Route.ofService("tracker", "stats.json", PAGE);
    assertThatThrownBy(() -> new Routes(List.of(one, one)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("/tracker/stats.json: two pages (expected: one)");
  }

  @Test
  void onlyTheExactPathIsFound() {
    Routes routes = new Routes(List.of(Route.ofService("tracker", "stats.json", PAGE)));
    assertThat(routes.find("/tracker/stats.json")).isPresent();
    assertThat(routes.find("/tracker/stats.jsonx")).isEmpty();
    assertThat(routes.find("/tracker/")).isEmpty();
  }
}
