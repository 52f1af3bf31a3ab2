package dev.gatehouse.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.RouteTable;
import dev.gatehouse.wire.tls.ServerName;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {

  private static final RouteTable<String> ROUTES =
      new RouteTable<>(
          Map.of(
              RouteName.parse("a.example").orElseThrow(), "a",
              RouteName.parse("*.b.example").orElseThrow(), "b"),
          Optional.of("default"),
          Optional.of("unnamed"));

  @ParameterizedTest
  @CsvSource({
    "a.example, a",
    "A.Example, a",
    "a.example., a",
    "a.example:8443, a",
    "x.b.example, b",
    "x.y.b.example:1, b",
    "b.example, default",
    "other.example, default",
    "192.0.2.1, unnamed",
    "'[2001:db8::1]:443', unnamed",
  })
  void leadsWhereTheSameNameInAClientHelloLeads(String host, String target) {
    assertThat(Authority.parse(host).orElseThrow().target(ROUTES)).contains(target);
  }

  @ParameterizedTest
  @CsvSource({"a.example, a, true", "A.EXAMPLE:443, a, true", "x.b.example, a, false"})
  void aRequestForTheNameOfAnotherRouteIsMisdirected(String host, String route, boolean direct) {
    assertThat(Authority.parse(host).orElseThrow().leadsTo(route, ROUTES)).isEqualTo(direct);
  }

  @Test
  void aRequestIsMisdirectedWhereNoRouteIsLeft() {
    RouteTable<String> none = new RouteTable<>(Map.of(), Optional.empty(), Optional.empty());
    assertThat(Authority.parse("a.example").orElseThrow().leadsTo("a", none)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a,b",
        "a, b",
        "user@a",
        "a/path",
        "a:port",
        "a:",
        "a:0",
        "a:080",
        "a:+80",
        "a:65536",
        "a:99999999999",
        "a:1:2",
        "a?b",
        "a#b",
        "a b",
        ":80",
        ".",
        "a..b",
        "::1",
        "[::1",
        "[::1]x",
        "[::1]80",
        "[192.0.2.1]",
        "[a.example]",
        "[]",
        "a]:1",
        "1.2.3",
        "010.0.0.1",
        "%61.example",
        "ä.example",
      })
  void refusesWhatIsNoHost(String text) {
    assertThat(Authority.parse(text)).isEmpty();
  }

  @Test
  void keepsTheTextAsItWasReceived() {
    assertThat(Authority.parse("A.Example:443")).map(Authority::text).contains("A.Example:443");
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, A.EXAMPLE, 443, true",
    "a.example, a.example:443, 443, true",
    "a.example, a.example:443, 80, false",
    "a.example:1, a.example:2, 443, false",
    "a.example, b.example, 443, false",
    "[::1], '[0:0:0:0:0:0:0:1]:80', 80, true",
  })
  void agreesWithTheSameHostAndPort(String one, String other, int defaultPort, boolean agrees) {
    Authority first = Authority.parse(one).orElseThrow();
    Authority second = Authority.parse(other).orElseThrow();
    assertThat(first.agrees(second, defaultPort)).isEqualTo(agrees);
    assertThat(second.agrees(first, defaultPort)).isEqualTo(agrees);
  }

  @Test
  void aNameLeadsWhereItsHelloLeadsHoweverItIsWritten() {
    Random random = new Random(31);
    String alphabet = "aBb.-_xX09";
    int names = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      text.append(random.nextBoolean() ? "b.example" : ".B.eXample.");
      Optional<ServerName> hello = ServerName.parse(text);
      Optional<Authority> host = Authority.parse(text + (random.nextBoolean() ? ":443" : ""));
      assertThat(host.flatMap(known -> known.target(ROUTES)))
          .as("%s", text)
          .isEqualTo(hello.flatMap(ROUTES::find));
      names += hello.isPresent() ? 1 : 0;
    }
    assertThat(names).isBetween(5_000, 19_999);
  }
}
