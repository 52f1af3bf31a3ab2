package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An edge that passes TLS through to an origin that ends it, before a backend that wants to know.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MultiHopHttpTest {

  private static final String EDGE_DOOR = "127.0.0.1:443";
  private static final String NAME = "www.example.org";
  private static final String CLIENT = "127.0.0.8";
  private static final String BLOCKED = "127.0.0.9";

  private static final String EDGE =
      """
      [ops]
      listen = "127.0.0.2:9090"
      [proxy]
      [[proxy.listeners]]
      addr = "127.0.0.1:443"
      routes = [
        { hostname = "www.example.org", backend = "127.0.0.1:8443", send_proxy_protocol = true },
      ]
      """;

  @TempDir private static Path folder;
  private Scene scene;
  private Namespace host;
  private Daemon origin;

  @BeforeAll
  void openBothDoors() {
    scene = Scene.create(folder);
    host = scene.host();
    scene.httpBackend("h1:9701");
    scene.gatehouse("edge", EDGE);
    origin =
        scene.gatehouse(
            "origin",
            L7Routes.of(scene.certificate())
                    .to("www", "127.0.0.1:9701")
                    .file("proxy_protocol = true", "trusted_proxies = [\"127.0.0.1/32\"]")
                + "[firewall]\nblocked_ips = [\""
                + BLOCKED
                + "\"]\n");
  }

  @AfterAll
  void closeBothDoors() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({"--http1.1", "--http2"})
  void theBackendHearsOfTheClientAndOfNobodyElse(String option) {
    JsonNode told =
        told(
            option,
            "-H",
            "X-Forwarded-For: 192.0.2.66",
            "-H",
            "X-Real-IP: 192.0.2.66",
            "-H",
            "Forwarded: for=192.0.2.66;proto=http",
            "-H",
            "True-Client-IP: 192.0.2.66");
    assertThat(told.path("x-forwarded-for").asString()).isEqualTo(CLIENT);
    assertThat(told.path("x-real-ip").asString()).isEqualTo(CLIENT);
    assertThat(told.path("x-forwarded-proto").asString()).isEqualTo("https");
    assertThat(told.path("x-forwarded-host").asString()).isEqualTo(NAME);
    assertThat(told.path("forwarded").asString())
        .isEqualTo("for=" + CLIENT + ";host=" + NAME + ";proto=https");
    assertThat(told.toString()).doesNotContain("192.0.2.66");
  }

  @Test
  void whatIsForgedIsCounted() {
    Metrics before = Metrics.of(origin);
    told("--http2", "-H", "X-Forwarded-For: 192.0.2.66");
    assertThat(
            Metrics.of(origin)
                .growth(before, "gatehouse_proxy_headers_dropped_total", "\"spoofed_forwarding\""))
        .isEqualTo(1);
  }

  @Test
  void aRequestIdIsGivenToBothSides() {
    List<String> command = Curl.command(NAME, EDGE_DOOR, "/told", "-i");
    String output = host.run(command).output();
    String[] parts = output.split("\r\n\r\n", 2);
    JsonNode headers = JsonMapper.shared().readTree(parts[1]).path("headers");
    String id = headers.path("x-request-id").asString();
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(parts[0]).containsIgnoringCase("x-request-id: " + id);
  }

  @Test
  void theOriginsFirewallSeesTheClientBehindTheEdge() {
    Program.Ended curl = Curl.get(host, NAME, EDGE_DOOR, "--interface", BLOCKED);
    assertThat(curl.code()).isIn(Curl.RESET);
    assertThat(Metrics.of(origin).sum("gatehouse_firewall_blocked_total", "\"ip\"")).isPositive();
  }

  private JsonNode told(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--interface", CLIENT));
    Program.Ended curl =
        host.run(Curl.command(NAME, EDGE_DOOR, "/told", all.toArray(String[]::new)));
    assertThat(curl.code()).as(curl.errors()).isZero();
    return JsonMapper.shared().readTree(curl.output()).path("headers");
  }
}
