package dev.gatehouse.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.proxy.config.ProxySettings.AccessLogging;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.SentTlv;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyConfigTest {

  private static final Endpoint WELCOME = new Endpoint(IpAddress.ipv4(0x7f00_0001), 8444);
  private static final Endpoint CONSOLE = new Endpoint(IpAddress.ipv4(0x7f00_0001), 9090);
  private static final ProxyConfig.BuiltIn PAGES =
      new ProxyConfig.BuiltIn(WELCOME, CONSOLE, "own.pem", "own.key");

  private static final String LISTENER =
      """
      [[proxy.listeners]]
      addr = ":443"
      %s
      [[proxy.listeners.routes]]
      hostname = "git.example.org"
      backend = "10.0.0.5:443"
      %s
      """;

  @Test
  void everyKeyHasADefault() {
    ProxyConfig config = loaded("[proxy]\n");
    assertThat(config)
        .isEqualTo(
            new ProxyConfig(
                List.of(),
                new ProxySettings(
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    new HelloLimits(Duration.ofSeconds(10), 16 * 1024, 64),
                    new RelaySettings(
                        RelaySettings.Mode.AUTO, 64 * 1024, 256 * 1024, Duration.ofMinutes(1)),
                    config.settings().http(),
                    AccessLogging.ALL,
                    1024,
                    false)));
    Route route = onlyRoute(loaded(LISTENER.formatted("", "")));
    assertThat(route.mode()).isEqualTo(RouteMode.L4);
    assertThat(route.balance()).isEqualTo(Balance.ROUND_ROBIN);
    assertThat(route.healthInterval()).isZero();
    assertThat(route.header()).isEmpty();
    assertThat(route.idleTimeout()).isEmpty();
    assertThat(route.l7()).isEqualTo(L7Settings.NONE);
  }

  @Test
  void everyKeyCanBeSetToSomethingElse() {
    ProxyConfig config =
        loaded(
            """
            [proxy]
            connect_timeout = "1s"
            idle_timeout = "20s"
            half_closed_timeout = "0s"
            hello_timeout = "3s"
            max_hello_size = "64KiB"
            max_hello_records = 1024
            proxy_header_timeout = "4s"
            relay = "splice"
            splice_after = 0
            relay_buffer = "64KiB"
            access_log = "errors"
            backlog = 9
            reuse_port = true
            """);
    assertThat(config)
        .isEqualTo(
            new ProxyConfig(
                List.of(),
                new ProxySettings(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(4),
                    new HelloLimits(Duration.ofSeconds(3), 64 * 1024, 1024),
                    new RelaySettings(RelaySettings.Mode.SPLICE, 0, 64 * 1024, Duration.ZERO),
                    config.settings().http(),
                    AccessLogging.ERRORS,
                    9,
                    true)));
  }

  @Test
  void everyKeyOfAListenerAndOfARouteCanBeSet() {
    ProxyConfig config =
        loaded(
            """
            [[proxy.listeners]]
            addr = "127.0.0.1:8443"
            proxy_protocol = true
            trusted_proxies = ["10.0.0.0/8"]
            max_connections = 7
            default_route = "*.example.org"
            no_sni_route = "git.example.org"
            [[proxy.listeners.routes]]
            hostname = "git.example.org"
            mode = "l4"
            backends = ["10.0.0.5:443", "[2001:db8::5]:443", "git.internal:443"]
            balance = "least_connections"
            health_interval = "10s"
            send_proxy_protocol = true
            send_proxy_tlvs = ["crc32c", "authority"]
            idle_timeout = "0s"
            [[proxy.listeners.routes]]
            hostname = "*.example.org"
            backend = "10.0.0.6:443"
            """);
    ListenerConfig listener = config.listeners().getFirst();
    assertThat(listener.address()).hasToString("127.0.0.1:8443");
    assertThat(listener.guard().proxyProtocol()).isTrue();
    assertThat(listener.guard().trustedProxies()).hasSize(1);
    assertThat(listener.guard().maxConnections()).isEqualTo(7);
    assertThat(listener.fallback()).isEqualTo(RouteName.parse("*.example.org"));
    assertThat(listener.unnamed()).isEqualTo(RouteName.parse("git.example.org"));
    Route route = listener.routes().getFirst();
    assertThat(route.backends())
        .extracting(Object::toString)
        .containsExactly("10.0.0.5:443", "[2001:db8::5]:443", "git.internal:443");
    assertThat(route.balance()).isEqualTo(Balance.LEAST_CONNECTIONS);
    assertThat(route.healthInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(route.header()).isEqualTo(Optional.of(Set.of(SentTlv.CRC32C, SentTlv.AUTHORITY)));
    assertThat(route.idleTimeout()).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default_route = \"x.org\" | | expected the hostname of a route of this listener",
        "no_sni_route = \"x.org\" | | expected the hostname of a route of this listener",
        "max_connections = -1 | | max_connections = -1: expected",
        "trusted_proxies = [\"10.0.0.1/8\"] | | 10.0.0.0/8",
        " | backends = [\"10.0.0.6:443\"] | expected either backend or backends",
        " | mode = \"l3\" | expected l4",
        " | backend_tls = true | backend_tls = true: expected false, since L4 passes",
        " | tls_cert = \"a.pem\" | tls_key: expected a file beside the other of both",
        " | balance = \"random\" | expected round_robin or least_connections",
        " | send_proxy_tlvs = [\"tls\"] | expected authority, alpn, unique_id, ssl or crc32c",
        " | health_interval = \"10ms\" | expected",
        " | tls_crt = \"x\" | tls_crt",
      })
  void aWrongValueIsNamedWithTheWayOut(String ofListener, String ofRoute, String problem) {
    assertThat(
            problems(
                LISTENER.formatted(
                    ofListener == null ? "" : ofListener, ofRoute == null ? "" : ofRoute)))
        .contains(problem);
  }

  @Test
  void onlyWhoEndsTlsCanTellOfIt() {
    String told = "send_proxy_protocol = true\nsend_proxy_tlvs = [\"ssl\"]\n";
    assertThat(problems(LISTENER.formatted("", told)))
        .contains("expected no ssl, since L4 passes the client's own TLS through");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* | 10.0.0.5:443 | name the route for all other names in default_route",
        "bücher.example | 10.0.0.5:443 | write it as \"xn--bcher-kva.example\"",
        "192.0.2.1 | 10.0.0.5:443 | hostname = \"192.0.2.1\": expected a name such as",
        "a.org | 10.0.0.5 | backend = \"10.0.0.5\": expected",
        "a.org | 127.0.0.1:443 | is this listener itself",
        "a.org | localhost:443 | is this listener itself",
        "a.org | [::1]:443 | is this listener itself",
      })
  void aRouteThatLeadsNowhereIsRefused(String hostname, String backend, String problem) {
    String toml =
        """
        [[proxy.listeners]]
        addr = ":443"
        [[proxy.listeners.routes]]
        hostname = "%s"
        backend = "%s"
        """
            .formatted(hostname, backend);
    assertThat(problems(toml)).contains(problem);
  }

  @Test
  void twoListenersOfOnePortAndTwoRoutesOfOneNameAreRefused() {
    assertThat(problems(LISTENER.formatted("", "") + LISTENER.formatted("", "")))
        .contains("[::]:443 and [::]:443 would contend for one port");
    String twice =
        """
        [[proxy.listeners.routes]]
        hostname = "GIT.example.org."
        backend = "10.0.0.6:443"
        """;
    assertThat(problems(LISTENER.formatted("", "") + twice))
        .contains("\"git.example.org\" is there twice");
  }

  @Test
  void whatIsAllowedButProbablyNotMeantIsAWarning() {
    assertThat(warnings("[proxy]\n")).contains("none, so the proxy has nothing to do");
    assertThat(warnings("[[proxy.listeners]]\naddr = \":443\"\n"))
        .contains("none, so every connection is reset");
    assertThat(warnings(LISTENER.formatted("", "send_proxy_tlvs = [\"alpn\"]")))
        .contains("has no effect without send_proxy_protocol = true");
    assertThat(warnings(LISTENER.formatted("", "max_request_body = 0")))
        .contains("routes[0].max_request_body = 0: has no effect with mode = l4");
  }

  @Test
  void aRouteOfAPublicListenerToAGuardedAddressPublishesIt() {
    Endpoint guarded = new Endpoint(IpAddress.ipv4(0x7f00_0001), 9090);
    String toml = LISTENER.replace("10.0.0.5:443", "%s");
    assertThat(publishes(toml.formatted("", "127.0.0.1:9090", ""), guarded)).isTrue();
    assertThat(publishes(toml.formatted("", "localhost:9090", ""), guarded)).isTrue();
    assertThat(publishes(toml.formatted("", "127.0.0.1:9091", ""), guarded)).isFalse();
    String local = toml.replace("\":443\"", "\"127.0.0.1:443\"");
    assertThat(publishes(local.formatted("", "127.0.0.1:9090", ""), guarded)).isFalse();
  }

  private static boolean publishes(String toml, Endpoint guarded) {
    return ProxyConfig.publishes(loaded(toml).listeners(), guarded);
  }

  private static Route onlyRoute(ProxyConfig config) {
    return config.listeners().getFirst().routes().getFirst();
  }

  private static ProxyConfig loaded(String toml) {
    ConfigResult<ProxyConfig> result = read(toml);
    assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
    return ((ConfigResult.Loaded<ProxyConfig>) result).value();
  }

  private static String warnings(String toml) {
    return text(((ConfigResult.Loaded<ProxyConfig>) read(toml)).warnings());
  }

  private static String problems(String toml) {
    return switch (read(toml)) {
      case ConfigResult.Loaded<ProxyConfig> _ -> "none";
      case ConfigResult.Refused<ProxyConfig> refused -> text(refused.problems());
    };
  }

  private static String text(List<ConfigProblem> problems) {
    return problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n"));
  }

  private static ConfigResult<ProxyConfig> read(String toml) {
    return Configuration.of(
            root -> ProxyConfig.read(root.section("proxy", "the front door"), PAGES))
        .read(ConfigSource.text("gatehouse.toml", toml));
  }
}
