package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names lead real clients to real backends, which speak TLS with each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontDoorPeersTest {

  private static final String STRICT = "127.0.0.1:8443";
  private static final String IPV6 = "[::1]:8443";
  private static final String LENIENT = "127.0.0.1:8444";

  private static final String ROUTES =
      """
      routes = [
        { hostname = "git.example.org", backend = "127.0.0.1:9441" },
        { hostname = "*.example.org", backend = "[::1]:9442" },
        { hostname = "openssl.example.org", backend = "127.0.0.1:9443" },
      ]
      """;

  private static final String CONFIGURATION =
      """
      [ops]
      [proxy]
      [[proxy.listeners]]
      addr = "127.0.0.1:8443"
      %1$s
      [[proxy.listeners]]
      addr = "[::1]:8443"
      %1$s
      [[proxy.listeners]]
      addr = "127.0.0.1:8444"
      default_route = "git.example.org"
      no_sni_route = "openssl.example.org"
      %1$s
      """
          .formatted(ROUTES);

  @TempDir private static Path folder;
  private Scene scene;
  private Namespace host;
  private Daemon gatehouse;

  @BeforeAll
  void openTheDoor() {
    scene = Scene.create(folder);
    host = scene.host();
    scene.nginx(
        Nginx.page("127.0.0.1:9441 ssl http2", "git"), Nginx.page("[::1]:9442 ssl http2", "any"));
    scene.openssl("127.0.0.1:9443");
    gatehouse = scene.gatehouse(CONFIGURATION);
  }

  @AfterAll
  void closeTheDoor() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "git.example.org,       127.0.0.1:8443, --http1.1, 'I am git, told of , by HTTP/1.1'",
    "git.example.org,       127.0.0.1:8443, --http2,   'I am git, told of , by HTTP/2.0'",
    "www.example.org,       127.0.0.1:8443, --http2,   'I am any, told of , by HTTP/2.0'",
    "a.b.c.example.org,     127.0.0.1:8443, --http1.1, 'I am any, told of , by HTTP/1.1'",
    "openssl.example.org,   127.0.0.1:8443, --http1.1, s_server -www -accept 127.0.0.1:9443",
    "git.example.org,       [::1]:8443,     --http2,   'I am git, told of , by HTTP/2.0'",
    "www.example.org,       [::1]:8443,     --http1.1, 'I am any, told of , by HTTP/1.1'",
    "example.org,           127.0.0.1:8444, --http2,   'I am git, told of , by HTTP/2.0'",
    "elsewhere.example.net, 127.0.0.1:8444, --http2,   'I am git, told of , by HTTP/2.0'",
  })
  void aNameLeadsToItsBackend(String name, String address, String protocol, String page) {
    Program.Ended curl = Curl.get(host, name, address, protocol);
    assertThat(curl.code()).as(curl.errors()).isZero();
    assertThat(curl.output()).contains(page);
  }

  @Test
  void theCertificateThatAClientSeesIsTheBackends() {
    // a name has no case, and curl would make it small
    Program.Ended client = OpensslClient.get(host, STRICT, "-servername", "GIT.Example.ORG");
    assertThat(client.output()).contains("subject=CN = example.org", "I am git");
  }

  @ParameterizedTest
  @CsvSource({"example.org", "git.example.net", "localhost"})
  void anUnknownNameIsResetWithoutAByte(String name) {
    double before = unrouted("unknown_name");
    Program.Ended client = OpensslClient.get(host, STRICT, "-servername", name);
    assertThat(client.output()).contains(OpensslClient.READ_NOTHING);
    assertThat(client.errors()).contains(OpensslClient.RESET);
    assertThat(unrouted("unknown_name")).isEqualTo(before + 1);
    gatehouse.awaitLog("sni=" + name + " cause=unknown_name");
  }

  @Test
  void curlCallsThatAReset() {
    Program.Ended curl = Curl.get(host, "example.org", IPV6);
    assertThat(curl.code()).isIn(Curl.RESET);
    assertThat(curl.errors()).contains("reset");
    assertThat(curl.output()).isEmpty();
  }

  @Test
  void aClientWithoutANameIsResetUnlessARouteIsForIt() {
    Program.Ended reset = OpensslClient.get(host, STRICT, "-noservername");
    assertThat(reset.output()).contains(OpensslClient.READ_NOTHING);
    assertThat(reset.errors()).contains(OpensslClient.RESET);
    assertThat(unrouted("no_sni")).isEqualTo(1);

    Program.Ended routed = OpensslClient.get(host, LENIENT, "-noservername");
    assertThat(routed.output()).contains("s_server -www -accept 127.0.0.1:9443");
  }

  private double unrouted(String reason) {
    return gatehouse.metric(
        "gatehouse_proxy_unrouted_total{listener=\"%s\",reason=\"%s\"}".formatted(STRICT, reason));
  }
}
