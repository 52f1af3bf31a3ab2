package dev.gatehouse.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.tls.ServerName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

  private static final RouteTable<String> TABLE =
      table("git.example.org", "*.example.org", "*.a.example.org", "*.org", "b.a.example.org");

  @ParameterizedTest
  @CsvSource({
    "git.example.org, git.example.org",
    "GIT.Example.ORG., git.example.org",
    "www.example.org, *.example.org",
    "x.y.example.org, *.example.org",
    "b.a.example.org, b.a.example.org",
    "c.a.example.org, *.a.example.org",
    "d.c.a.example.org, *.a.example.org",
    "a.example.org, *.example.org",
    "example.org, *.org",
    "xexample.org, *.org",
    "git.git.example.org, *.example.org",
  })
  void theNameItselfBeatsTheLongestWildcardBeatsTheShorter(String name, String route) {
    assertThat(TABLE.find(name(name))).contains(route);
  }

  @ParameterizedTest
  @ValueSource(strings = {"org", "example.com", "git.example.org.evil", "example", "xorg"})
  void anUnknownNameLeadsNowhere(String name) {
    assertThat(TABLE.find(name(name))).isEmpty();
  }

  @Test
  void aWildcardNeverCoversItsApex() {
    assertThat(table("*.example.org").find(name("example.org"))).isEmpty();
    assertThat(table("*.example.org").find(name("a.example.org"))).isPresent();
  }

  @Test
  void theDefaultIsOnlyForNamesThatMatchNothingAndNeverForNoName() {
    RouteTable<String> table =
        new RouteTable<>(Map.of(route("*.example.org"), "w"), Optional.of("d"), Optional.empty());
    assertThat(table.find(name("a.example.org"))).contains("w");
    assertThat(table.find(name("example.org"))).contains("d");
    assertThat(table.findUnnamed()).isEmpty();
  }

  @Test
  void aMissingNameHasARouteOfItsOwnAndIsNoDefault() {
    RouteTable<String> table = new RouteTable<>(Map.of(), Optional.empty(), Optional.of("unnamed"));
    assertThat(table.findUnnamed()).contains("unnamed");
    assertThat(table.find(name("example.org"))).isEmpty();
  }

  @Test
  void findsAsASearchThroughAllRoutesWould() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<RouteName, String> routes = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      String text = (random.nextBoolean() ? "*." : "") + randomName(random);
      routes.put(route(text), text);
    }
    RouteTable<String> table = new RouteTable<>(routes, Optional.empty(), Optional.empty());
    for (int i = 0; i < 20_000; i++) {
      String name = randomName(random);
      assertThat(table.find(name(name)))
          .as("seed %d, name %s", seed, name)
          .isEqualTo(search(routes, name));
    }
  }

  /** Names of few letters and labels, so that they often meet. */
  private static String randomName(Random random) {
    StringBuilder name = new StringBuilder();
    int labels = 1 + random.nextInt(4);
    for (int i = 0; i < labels; i++) {
      name.append(i == 0 ? "" : ".").append((char) ('a' + random.nextInt(3)));
    }
    return name.toString();
  }

  private static Optional<String> search(Map<RouteName, String> routes, String name) {
    String exact = routes.get(route(name));
    if (exact != null) {
      return Optional.of(exact);
    }
    String best = null;
    for (String text : routes.values()) {
      boolean covers = text.startsWith("*.") && name.endsWith(text.substring(1));
      if (covers && (best == null || text.length() > best.length())) {
        best = text;
      }
    }
    return Optional.ofNullable(best);
  }

  private static RouteTable<String> table(String... names) {
    Map<RouteName, String> routes = new HashMap<>();
    for (String name : names) {
      routes.put(route(name), name);
    }
    return new RouteTable<>(routes, Optional.empty(), Optional.empty());
  }

  private static RouteName route(String text) {
    return RouteName.parse(text).orElseThrow();
  }

  private static ServerName name(String text) {
    return ServerName.parse(text).orElseThrow();
  }
}
