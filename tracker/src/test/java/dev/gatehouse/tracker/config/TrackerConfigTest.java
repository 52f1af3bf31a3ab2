package dev.gatehouse.tracker.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.tracker.config.HttpFrontendConfig.Tls;
import dev.gatehouse.tracker.request.Sanitizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackerConfigTest {

  private static final String MINIMAL = "[[tracker.udp]]\n";

  private static final String HTTP =
      """
      [[tracker.http]]
      addr = "127.0.0.1:7070"
      reuse_port = true
      max_connections = 5
      request_timing = false
      allow_ip_spoofing = true
      filter_private_ips = true
      max_numwant = 80
      default_numwant = 40
      max_scrape_infohashes = 60
      proxy_protocol = true
      trusted_proxies = ["127.0.0.0/8"]
      real_ip_header = "X-Forwarded-For"
      tls = true
      tls_cert = "a.pem"
      tls_key = "a.key"
      read_timeout = "4s"
      read_header_timeout = "3s"
      write_timeout = "2s"
      idle_timeout = "1s"
      max_header_size = "8KiB"
      keepalive = false
      announce_routes = ["/{passkey}/announce"]
      scrape_routes = ["s"]
      ping_routes = ["/ping"]
      stats_routes = ["/stats.json"]
      """;

  private static final String OTHER =
      """
      [tracker]
      announce_interval = "20m"
      min_announce_interval = "0s"
      failure_name = "mochi"
      count_announcer = false
      list_lone_announcer = false
      external_ip = true
      max_pending_writes = 7
      [[tracker.udp]]
      addr = "[::1]:7071"
      reuse_port = true
      workers = 3
      private_key = "k"
      previous_private_keys = ["j"]
      connection_id = "mochi"
      connection_ttl = "60s"
      max_clock_skew = "0s"
      bad_connection_id = "silent"
      max_datagram = 1000
      receive_buffer = "1MiB"
      [tracker.limits]
      error_replies_per_address = 0
      error_reply_window = "1s"
      requests_per_address = 9
      request_window = "2s"
      retry_in = "0s"
      max_peers = 8
      max_peers_per_swarm = 4
      [tracker.storage]
      name = "memory"
      [tracker.storage.config]
      gc_interval = "1m"
      peer_lifetime = "40m"
      statistics_interval = "0s"
      shard_count = 2
      """;

  @Test
  void everyKeyHasADefault() {
    TrackerConfig config = Read.config("[[tracker.http]]\n[[tracker.udp]]\n");
    assertThat(config)
        .isEqualTo(
            new TrackerConfig(
                new AnnounceRules(
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(15),
                    "gatehouse",
                    true,
                    true,
                    false,
                    65_536),
                List.of(defaultHttp()),
                List.of(defaultUdp()),
                new LimitRules(
                    10,
                    Duration.ofSeconds(10),
                    0,
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(5),
                    0,
                    0),
                new StorageRules(
                    Duration.ofMinutes(3), Duration.ofMinutes(31), Duration.ofSeconds(30), 1024),
                List.of(),
                List.of()));
  }

  @Test
  void everyKeyOfAnHttpListenerCanBeSetToSomethingElse() {
    HttpFrontendConfig config = Read.config(HTTP).http().getFirst();
    List<Cidr> trusted = List.of(new Cidr(IpAddress.ipv4(0x7f00_0000), 8));
    assertThat(config)
        .isEqualTo(
            new HttpFrontendConfig(
                new Endpoint(IpAddress.ipv4(0x7f00_0001), 7070),
                true,
                new Guard(true, trusted, 5),
                trusted,
                "X-Forwarded-For",
                Optional.of(new Tls(Path.of("a.pem"), Path.of("a.key"))),
                new HttpTimes(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(1)),
                8 * 1024,
                false,
                new RouteLists(
                    routes("/{passkey}/announce"),
                    routes("/s"),
                    routes("/ping"),
                    routes("/stats.json")),
                new RequestRules(true, new Sanitizer(true, 80, 40, 60), Optional.of(false))));
  }

  @Test
  void everyOtherKeyCanBeSetToSomethingElse() {
    TrackerConfig config = Read.config(OTHER);
    assertThat(config.announces())
        .isEqualTo(
            new AnnounceRules(
                Duration.ofMinutes(20), Duration.ZERO, "mochi", false, false, true, 7));
    assertThat(config.udp()).containsExactly(otherUdp());
    assertThat(config.limits())
        .isEqualTo(
            new LimitRules(
                0, Duration.ofSeconds(1), 9, Duration.ofSeconds(2), Duration.ZERO, 8, 4));
    assertThat(config.storage())
        .isEqualTo(
            new StorageRules(Duration.ofMinutes(1), Duration.ofMinutes(40), Duration.ZERO, 2));
  }

  @Test
  void withoutAFileItListensOnLoopbackAlone() {
    Endpoint loopback = new Endpoint(IpAddress.ipv4(0x7f00_0001), 6969);
    assertThat(Read.builtIn().http())
        .extracting(HttpFrontendConfig::address)
        .containsExactly(loopback);
    assertThat(Read.builtIn().udp())
        .extracting(UdpFrontendConfig::address)
        .containsExactly(loopback);
  }

  @Test
  void aTrackerWithoutListenersIsRefused() {
    assertThat(Read.problems("[tracker]\n")).contains("no frontends configured");
  }

  @Test
  void tellsAllMistakesAtOnce() {
    assertThat(
            Read.problems(
                """
                [tracker]
                announce_interval = "1s"
                failure_name = "ein \\u00e4"
                [[tracker.http]]
                tls = true
                tls_cert = "a.pem"
                real_ip_header = "X-Real-IP"
                ping_routes = ["announce"]
                default_numwant = 200
                [[tracker.udp]]
                max_scrape_infohashes = 75
                worker = 1
                [tracker.storage]
                name = "memori"
                """))
        .contains(
            "announce_interval",
            "failure_name",
            "tls certificate/key not provided",
            "[\"127.0.0.0/8\", \"::1/128\"]",
            "\"/announce\" leads to two places",
            "default_numwant",
            "max_scrape_infohashes",
            "did you mean \"workers\"",
            "did you mean \"memory\"");
  }

  @Test
  void twoListenersOfOneProtocolDoNotContendForAPort() {
    assertThat(Read.problems("[[tracker.http]]\n[[tracker.http]]\naddr = \"127.0.0.1:6969\"\n"))
        .contains("127.0.0.1:6969 is there twice");
    assertThat(
            Read.config(
                    """
                    [[tracker.http]]
                    reuse_port = true
                    [[tracker.http]]
                    reuse_port = true
                    """)
                .http())
        .hasSize(2);
  }

  @Test
  void peersLiveLongerThanTheLongestInterval() {
    String hook =
        """
        [[tracker.prehooks]]
        name = "interval variation"
        config = { modify_response_probability = 0.5, max_increase_delta = "10m" }
        """;
    assertThat(Read.config(MINIMAL + hook).storage().peerLifetime())
        .isEqualTo(Duration.ofMinutes(41));
    assertThat(
            Read.problems(MINIMAL + hook + "[tracker.storage.config]\npeer_lifetime = \"40m\"\n"))
        .contains("above announce_interval");
  }

  @Test
  void warnsOfWhatIsProbablyNotMeant() {
    assertThat(
            Read.warnings(
                """
                [tracker]
                announce_interval = "4h"
                [[tracker.http]]
                allow_ip_spoofing = true
                tls_cert = "a.pem"
                trusted_proxies = ["10.0.0.0/8"]
                """))
        .contains(
            "sites that list trackers want 5m to 3h",
            "set filter_private_ips",
            "has no effect without tls = true",
            "has no effect without real_ip_header or proxy_protocol");
  }

  private static RequestRules defaultRules() {
    return new RequestRules(false, new Sanitizer(false, 100, 50, 50), Optional.empty());
  }

  private static HttpFrontendConfig defaultHttp() {
    return new HttpFrontendConfig(
        new Endpoint(IpAddress.ANY_IPV6, 6969),
        false,
        new Guard(false, List.of(), 262_144),
        List.of(),
        "",
        Optional.empty(),
        new HttpTimes(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30)),
        16 * 1024,
        true,
        new RouteLists(routes("/announce"), routes("/scrape"), List.of(), List.of()),
        defaultRules());
  }

  private static UdpFrontendConfig defaultUdp() {
    return new UdpFrontendConfig(
        new Endpoint(IpAddress.ANY_IPV6, 6969),
        false,
        0,
        new ConnectionIdRules(
            ConnectionIdRules.Scheme.SIPHASH,
            Optional.empty(),
            List.of(),
            Duration.ofSeconds(120),
            Duration.ofSeconds(10),
            true),
        1400,
        8 * 1024 * 1024,
        defaultRules());
  }

  private static UdpFrontendConfig otherUdp() {
    return new UdpFrontendConfig(
        new Endpoint(IpAddress.ipv6(0, 1), 7071),
        true,
        3,
        new ConnectionIdRules(
            ConnectionIdRules.Scheme.MOCHI,
            Optional.of(new Secret("k")),
            List.of(new Secret("j")),
            Duration.ofSeconds(60),
            Duration.ZERO,
            false),
        1000,
        1024 * 1024,
        new RequestRules(false, new Sanitizer(false, 100, 50, 50), Optional.empty()));
  }

  private static List<RoutePattern> routes(String path) {
    return List.of(RoutePattern.parse(path).orElseThrow());
  }
}
