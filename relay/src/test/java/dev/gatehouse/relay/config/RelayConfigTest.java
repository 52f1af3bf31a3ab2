package dev.gatehouse.relay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.config.value.Secret;
import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.acme.AcmeSettings;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.ServerContext.MinimumVersion;
import dev.gatehouse.relay.registry.ServerId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 3 of the relay's specification. */
class RelayConfigTest {

  private static final String EVERY_KEY =
      """
      domain = "relay.example.org"
      https_listen = ":8443"
      https_proxy_protocol = true
      proxy_header_timeout = "1s"
      trusted_proxies = ["10.0.0.0/8"]
      trust_x_forwarded_for = true
      tls_cert = "cert.pem"
      tls_key = "key.pem"
      tls_min_version = "1.3"
      handshake_timeout = "1s"
      header_timeout = "2s"
      read_timeout = "3s"
      response_timeout = "4s"
      keepalive_timeout = "5s"
      max_header_bytes = "8KiB"
      max_connections = 200
      binary_reserve = 4
      max_connections_per_client = 3
      max_pending_connections = 10
      upgrade_burst = 5
      upgrade_refill = "1s"
      max_phones_per_server = 0
      allowed_server_ids = ["a", "b"]
      require_device_token = false
      single_instance = true
      send_opcode = "mirror"
      max_message_bytes = "900KiB"
      read_message_timeout = "6s"
      write_timeout = "7s"
      close_timeout = "8s"
      heartbeat_interval = "9s"
      heartbeat_timeout = "10s"
      grace = "1h"
      probe_timeout = "60s"
      outbox_bytes = "1MiB"
      outbox_total_bytes = "2MiB"
      binary_window_bytes = "16KiB"
      drain_timeout = "11s"
      public_healthz = "off"
      legacy_close_codes = true
      [relay.push]
      fcm_credentials = "key"
      fcm_project = "my-project"
      fcm_endpoint = "http://127.0.0.1:9"
      burst = 1
      refill = "2s"
      max_in_flight = 3
      timeout = "4s"
      """;

  private static final Configuration<RelayConfig> CONFIGURATION =
      Configuration.of(
          root -> RelayConfig.read(root.section("relay", "the relay"), Path.of("state/certs")));

  @Test
  void withoutAFileItListensOnLoopback() {
    RelayConfig config = loaded(ConfigSource.builtIn());
    assertThat(config.listen().address())
        .isEqualTo(new Endpoint(IpAddress.ipv4(0x7f00_0001), 8080));
    assertThat(config.listen().certificate()).isEmpty();
    assertThat(config.push().credentials()).isEmpty();
  }

  @Test
  void theDefaultsAreThoseOfTheSpecification() {
    RelayConfig config = loaded("insecure_listen = ':8080'");
    assertThat(config.listen()).isEqualTo(defaultListen());
    assertThat(config.http()).isEqualTo(defaultHttp());
    assertThat(config.caps())
        .isEqualTo(
            new CapSettings(
                20, 0, 0, 1024, 20, Duration.ofSeconds(6), 4_194_304, OutboxTotal.AUTO));
    assertThat(config.session()).isEqualTo(defaultSession());
    assertThat(config.push()).isEqualTo(defaultPush());
    assertThat(config.allowedIds()).isEmpty();
    assertThat(config.requireToken()).isTrue();
    assertThat(config.singleInstance()).isFalse();
    assertThat(config.drain()).isEqualTo(seconds(10));
  }

  private static ListenSettings defaultListen() {
    return new ListenSettings(
        new Endpoint(IpAddress.ANY_IPV6, 8080),
        Optional.empty(),
        Optional.empty(),
        MinimumVersion.TLS_1_2,
        "",
        false,
        seconds(5),
        List.of(),
        false);
  }

  private static HttpSettings defaultHttp() {
    return new HttpSettings(
        seconds(5), seconds(5), seconds(60), seconds(60), seconds(120), 16_384, PublicHealth.FULL);
  }

  private static SessionSettings defaultSession() {
    return new SessionSettings(
        SendOpcode.BINARY,
        262_144,
        seconds(30),
        seconds(10),
        seconds(5),
        new Heartbeat(seconds(30), seconds(30), seconds(10)),
        seconds(30),
        16,
        262_144,
        false);
  }

  private static PushSettings defaultPush() {
    return new PushSettings(
        Optional.empty(),
        Optional.empty(),
        URI.create("https://fcm.googleapis.com"),
        6,
        seconds(10),
        32,
        seconds(10));
  }

  @Test
  void everyKeyCanBeSet() {
    RelayConfig config = loaded(EVERY_KEY);
    assertThat(config.listen()).isEqualTo(otherListen());
    assertThat(config.http()).isEqualTo(otherHttp());
    assertThat(config.caps())
        .isEqualTo(
            new CapSettings(200, 4, 3, 10, 5, seconds(1), 1_048_576, new OutboxTotal(2_097_152)));
    assertThat(config.session()).isEqualTo(otherSession());
    assertThat(config.push()).isEqualTo(otherPush());
    assertThat(config.allowedIds()).containsExactlyInAnyOrder(new ServerId("a"), new ServerId("b"));
    assertThat(config.requireToken()).isFalse();
    assertThat(config.singleInstance()).isTrue();
    assertThat(config.drain()).isEqualTo(seconds(11));
  }

  private static ListenSettings otherListen() {
    return new ListenSettings(
        new Endpoint(IpAddress.ANY_IPV6, 8443),
        Optional.of(new CertificateFiles(Path.of("cert.pem"), Path.of("key.pem"))),
        Optional.empty(),
        MinimumVersion.TLS_1_3,
        "relay.example.org",
        true,
        seconds(1),
        List.of(new Cidr(IpAddress.ipv4(0x0a00_0000), 8)),
        true);
  }

  private static HttpSettings otherHttp() {
    return new HttpSettings(
        seconds(1), seconds(2), seconds(3), seconds(4), seconds(5), 8192, PublicHealth.OFF);
  }

  private static SessionSettings otherSession() {
    return new SessionSettings(
        SendOpcode.MIRROR,
        921_600,
        seconds(6),
        seconds(7),
        seconds(8),
        new Heartbeat(seconds(9), seconds(10), seconds(60)),
        Duration.ofHours(1),
        0,
        16_384,
        true);
  }

  private static PushSettings otherPush() {
    return new PushSettings(
        Optional.of(new Secret("key")),
        Optional.of("my-project"),
        URI.create("http://127.0.0.1:9"),
        1,
        seconds(2),
        3,
        seconds(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "max_connections = 0 | relay.max_connections",
        "max_connections = 1000001 | relay.max_connections",
        "binary_reserve = 21 | relay.binary_reserve",
        "max_pending_connections = 0 | relay.max_pending_connections",
        "upgrade_burst = 0 | relay.upgrade_burst",
        "max_message_bytes = '901KiB' | relay.max_message_bytes",
        "max_message_bytes = 1023 | relay.max_message_bytes",
        "outbox_bytes = 262207 | relay.outbox_bytes",
        "outbox_total_bytes = 0 | relay.outbox_total_bytes",
        "outbox_total_bytes = 'much' | relay.outbox_total_bytes",
        "binary_window_bytes = '15KiB' | relay.binary_window_bytes",
        "heartbeat_interval = '999ms' | relay.heartbeat_interval",
        "grace = '61m' | relay.grace",
        "probe_timeout = '61s' | relay.probe_timeout",
        "proxy_header_timeout = '0s' | relay.proxy_header_timeout",
        "send_opcode = 'blob' | relay.send_opcode",
        "public_healthz = 'on' | relay.public_healthz",
        "domain = 'relay.example.org:443' | relay.domain",
        "domain = 'a b' | relay.domain",
        "allowed_server_ids = ['a b'] | relay.allowed_server_ids",
        "trusted_proxies = ['10.0.0.1/8'] | relay.trusted_proxies",
        "tls_cert = 'a' | relay.tls",
        "https_listen = ':443' | relay.https_listen",
        "https_proxy_protocol = false | relay.https_proxy_protocol",
        "http_listen = ':80' | relay.http_listen",
        "http_listen = 'relay.example.org:80' | relay.http_listen",
        "acme_directory = 'http://acme.example/directory' | relay.acme_directory",
        "acme_email = 'nobody' | relay.acme_email",
        "cert_cache = ' ' | relay.cert_cache",
        "push.fcm_project = 'Big' | relay.push.fcm_project",
        "push.fcm_endpoint = 'http://fcm.example' | relay.push.fcm_endpoint",
        "push.fcm_endpoint = 'https://u@fcm.example' | relay.push.fcm_endpoint",
        "push.max_in_flight = 0 | relay.push.max_in_flight",
      })
  void refusesWhatCannotBe(String line, String key) {
    assertThat(problems("insecure_listen = ':8080'\n" + line))
        .isNotEmpty()
        .allMatch(problem -> problem.contains(key));
  }

  @Test
  void aDomainWithoutCertificatesIsOneToOrderThemFor() {
    ListenSettings listen = loaded("domain = 'Relay.Example.org'").listen();
    Autocert ordered = listen.autocert().orElseThrow();
    assertThat(listen.address()).isEqualTo(new Endpoint(IpAddress.ANY_IPV6, 443));
    assertThat(ordered.http()).isEqualTo(new Endpoint(IpAddress.ANY_IPV6, 80));
    assertThat(ordered.health()).isFalse();
    Path folder = Path.of("state/certs").toAbsolutePath();
    assertThat(ordered.acme())
        .isEqualTo(
            new AcmeSettings(
                "relay.example.org",
                URI.create("https://acme-v02.api.letsencrypt.org/directory"),
                "",
                folder));
    assertThat(listen.certificate().orElseThrow().chain())
        .isEqualTo(folder.resolve("relay.example.org"));
  }

  @Test
  void everyKeyOfAnOrderIsRead() {
    assertThat(
            loaded(
                    """
                    domain = "relay.example.org"
                    http_listen = "127.0.0.1:8080"
                    http_listen_health = true
                    cert_cache = "/var/lib/relay"
                    acme_directory = "http://127.0.0.1:14000/dir"
                    acme_email = "admin@example.org"
                    """)
                .listen()
                .autocert())
        .contains(
            new Autocert(
                new Endpoint(IpAddress.ipv4(0x7f00_0001), 8080),
                true,
                new AcmeSettings(
                    "relay.example.org",
                    URI.create("http://127.0.0.1:14000/dir"),
                    "admin@example.org",
                    Path.of("/var/lib/relay"))));
  }

  @Test
  void warnsOfWhatIsIgnored() {
    assertThat(warnings("insecure_listen = ':8080'\ndomain = 'relay.example.org'"))
        .singleElement()
        .asString()
        .contains("relay.domain", "ignored, since insecure_listen is set");
    assertThat(warnings("tls_cert = 'a'\ntls_key = 'b'\nhttp_listen = ':80'"))
        .singleElement()
        .asString()
        .contains("relay.http_listen", "ignored, since the certificate is in tls_cert");
  }

  private static List<ConfigProblem> warnings(String table) {
    return ((Loaded<RelayConfig>) CONFIGURATION.read(source(table))).warnings();
  }

  @Test
  void somewhereItHasToListen() {
    assertThat(problems("max_connections = 5"))
        .singleElement()
        .asString()
        .contains("relay.insecure_listen")
        .contains("neither insecure_listen nor domain nor tls_cert and tls_key are set");
  }

  @Test
  void tellsAllMistakesAtOnce() {
    assertThat(problems("max_conections = 1\ngrace = 'x'\nmax_connections = 0")).hasSize(4);
  }

  @Test
  void whatMayWaitForAllFollowsTheMemoryUnlessItIsSaid() {
    OutboxTotal auto = loaded("insecure_listen = ':8080'").caps().outboxTotal();
    assertThat(auto).hasToString("auto");
    assertThat(auto.in(4L << 30)).isEqualTo(1L << 30);
    assertThat(auto.in(1 << 20)).isEqualTo(64 << 20);
    OutboxTotal said =
        loaded("insecure_listen = ':8080'\noutbox_total_bytes = '2MiB'").caps().outboxTotal();
    assertThat(said).hasToString("2MiB");
    assertThat(said.in(4L << 30)).isEqualTo(2 << 20);
  }

  @Test
  void warnsWhereAnyClientMaySayWhoItIs() {
    var result =
        CONFIGURATION.read(source("insecure_listen = ':8080'\ntrust_x_forwarded_for = true"));
    assertThat(((Loaded<RelayConfig>) result).warnings())
        .singleElement()
        .asString()
        .contains("any client can choose its address");
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  private static RelayConfig loaded(String table) {
    return loaded(source(table));
  }

  private static RelayConfig loaded(ConfigSource source) {
    var result = CONFIGURATION.read(source);
    assertThat(result).isInstanceOf(Loaded.class);
    return ((Loaded<RelayConfig>) result).value();
  }

  private static List<String> problems(String table) {
    var result = CONFIGURATION.read(source(table));
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused<RelayConfig>) result)
        .problems().stream().map(ConfigProblem::toString).toList();
  }

  private static ConfigSource source(String table) {
    return ConfigSource.text("gatehouse.toml", "[relay]\n" + table);
  }
}
