package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client's address travels in PROXY headers, and only those of the trusted are believed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyProtocolTest {

  private static final String NAME = "git.example.org";
  private static final String CLIENT = "127.0.0.9";
  private static final String FORGED = "203.0.113.66";

  private static final String CONFIGURATION =
      """
      [ops]
      [proxy]
      [[proxy.listeners]]
      addr = "127.0.0.1:8443"
      proxy_protocol = true
      trusted_proxies = ["127.0.0.3/32"]
      [[proxy.listeners.routes]]
      hostname = "git.example.org"
      backend = "127.0.0.1:9441"
      send_proxy_protocol = true
      send_proxy_tlvs = ["authority", "alpn", "unique_id", "crc32c"]
      [[proxy.listeners.routes]]
      hostname = "haproxy.example.org"
      backend = "127.0.0.1:7006"
      send_proxy_protocol = true
      send_proxy_tlvs = ["authority", "unique_id", "crc32c"]
      [[proxy.listeners]]
      addr = "127.0.0.1:8444"
      [[proxy.listeners.routes]]
      hostname = "git.example.org"
      backend = "127.0.0.1:9441"
      send_proxy_protocol = true
      """;

  @TempDir private static Path folder;
  private Scene scene;
  private Namespace host;
  private Nginx nginx;
  private HaProxy haProxy;
  private Daemon gatehouse;

  @BeforeAll
  void openTheDoor() throws Exception {
    scene = Scene.create(folder);
    host = scene.host();
    nginx = scene.nginx(Nginx.page("127.0.0.1:9441 ssl http2 proxy_protocol", "git"));
    haProxy = scene.haProxy(7006, senders(scene.certificate().bundle()));
    gatehouse = scene.gatehouse(CONFIGURATION);
  }

  @AfterAll
  void closeTheDoor() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2:7001, 127.0.0.9",
    "127.0.0.2:7002, 127.0.0.9",
    "127.0.0.2:7003, 127.0.0.9",
    "[::1]:7004,     ::1",
    "127.0.0.1:8444, 127.0.0.9",
  })
  void theBackendIsToldOfTheClient(String front, String client) {
    Program.Ended curl = Curl.get(host, NAME, front, "--interface", client);
    assertThat(curl.code()).as(curl.errors()).isZero();
    assertThat(curl.output()).startsWith("I am git, told of " + client + ", by");
    gatehouse.awaitLog("client=" + (client.contains(":") ? "[" + client + "]" : client) + ":");
  }

  @Test
  void theLogNamesTheProxyAndTheClient() {
    Curl.get(host, NAME, "127.0.0.2:7001", "--interface", "127.0.0.10");
    gatehouse.awaitLog("client=127.0.0.10:");
    assertThat(gatehouse.log().lines().filter(line -> line.contains("client=127.0.0.10:")))
        .singleElement()
        .asString()
        .contains("peer=127.0.0.3:", "sni=git.example.org", "backend=127.0.0.1:9441");
  }

  @Test
  void haProxyUnderstandsTheHeader() {
    Program.Ended curl =
        Curl.get(host, "haproxy.example.org", "127.0.0.2:7002", "--interface", "127.0.0.11");
    assertThat(curl.output()).startsWith("I am git, told of 127.0.0.11, by");
    haProxy.awaitLog("receiver-saw-127.0.0.11");
  }

  @Test
  void aStrangerIsResetAndTheAddressThatItInventedIsNowhere() throws IOException {
    String untrusted =
        "gatehouse_proxy_protocol_errors_total{listener=\"127.0.0.1:8443\",reason=\"untrusted\"}";
    double before = gatehouse.metric(untrusted);
    Program.Ended client = OpensslClient.get(host, "127.0.0.2:7005", "-servername", NAME);
    assertThat(client.output()).contains(OpensslClient.READ_NOTHING);
    assertThat(gatehouse.metric(untrusted)).isEqualTo(before + 1);
    assertThat(gatehouse.log()).doesNotContain(FORGED);
    assertThat(nginx.accessLog()).doesNotContain(FORGED);
    // what it says is what it would have said
    haProxy.awaitLog(FORGED);
  }

  @Test
  void whoSendsNoHeaderWhereOneIsDueIsReset() {
    Program.Ended curl = Curl.get(host, NAME, "127.0.0.1:8443", "--interface", "127.0.0.3");
    assertThat(curl.code()).isIn(Curl.RESET);
    assertThat(
            gatehouse.metric(
                "gatehouse_proxy_protocol_errors_total"
                    + "{listener=\"127.0.0.1:8443\",reason=\"signature\"}"))
        .isEqualTo(1);
  }

  @Test
  void aHeaderWhereNoneIsDueIsNoHello() {
    Program.Ended curl =
        Curl.get(host, NAME, "127.0.0.1:8444", "--interface", CLIENT, "--haproxy-protocol");
    assertThat(curl.code()).isIn(Curl.RESET);
    assertThat(
            gatehouse.metric(
                "gatehouse_proxy_hello_total{listener=\"127.0.0.1:8444\",outcome=\"not_tls\"}"))
        .isEqualTo(1);
  }

  /** Each frontend is another way to send the header; 7005 lies, and comes from a stranger. */
  private static String senders(Path certificate) {
    return """
      frontend v1
        bind 127.0.0.2:7001
        default_backend v1
      backend v1
        server gatehouse 127.0.0.1:8443 source 127.0.0.3 send-proxy
      frontend v2
        bind 127.0.0.2:7002
        default_backend v2
      backend v2
        server gatehouse 127.0.0.1:8443 source 127.0.0.3 send-proxy-v2
      frontend v2_everything
        bind 127.0.0.2:7003 ssl crt %s
        unique-id-format %%{+X}o\\ %%ci:%%cp_%%Ts
        default_backend v2_everything
      backend v2_everything
        server gatehouse 127.0.0.1:8443 source 127.0.0.3 send-proxy-v2 proxy-v2-options \
      ssl,cert-cn,ssl-cipher,cert-sig,cert-key,authority,unique-id,crc32c ssl verify none sni str(git.example.org)
      frontend v6
        bind [::1]:7004
        default_backend v2
      frontend forging
        bind 127.0.0.2:7005
        tcp-request connection set-src str(203.0.113.66)
        default_backend forging
      backend forging
        server gatehouse 127.0.0.1:8443 source 127.0.0.66 send-proxy-v2
      frontend receiver
        bind 127.0.0.1:7006 accept-proxy
        log-format receiver-saw-%%ci
        default_backend receiver
      backend receiver
        server nginx 127.0.0.1:9441 send-proxy-v2
      """
        .formatted(certificate);
  }
}
