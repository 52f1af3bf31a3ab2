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

/** Servers that want a PROXY header hear of each client whose TLS ends before them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderToHttpBackendsTest {

  private static final String SENT = "send_proxy_protocol = true";

  @TempDir private static Path folder;
  private Scene scene;
  private Namespace host;
  private HaProxy haProxy;

  @BeforeAll
  void openTheDoor() throws Exception {
    scene = Scene.create(folder);
    host = scene.host();
    scene.nginx(
        connections("127.0.0.1:9801 proxy_protocol"),
        connections("127.0.0.1:9802 ssl proxy_protocol"));
    haProxy = scene.haProxy(9803, receiver());
    String[] tls = L7Routes.verified(scene.certificate().chain());
    scene.gatehouse(
        L7Routes.of(scene.certificate())
            .to("nginx", "127.0.0.1:9801", SENT)
            .to("nginx-tls", "127.0.0.1:9802", tls[0], tls[1], tls[2], SENT)
            .to(
                "haproxy",
                "127.0.0.1:9803",
                SENT,
                "send_proxy_tlvs = [\"authority\", \"alpn\", \"unique_id\", \"ssl\", \"crc32c\"]")
            .file());
  }

  @AfterAll
  void closeTheDoor() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({"nginx, --http1.1", "nginx, --http2", "nginx-tls, --http1.1", "nginx-tls, --http2"})
  void twoClientsNeverShareAConnectionAndOneKeepsIts(String name, String option) {
    String first = twice(name, option, "127.0.0.21");
    String second = twice(name, option, "127.0.0.22");
    assertThat(first).matches("(127.0.0.21 by [0-9]+\n)\\1");
    assertThat(second).matches("(127.0.0.22 by [0-9]+\n)\\1");
    assertThat(connection(first)).isNotEqualTo(connection(second));
  }

  @Test
  void haProxyUnderstandsAllThatCanBeTold() {
    Program.Ended curl =
        Curl.get(
            host, "haproxy.example.org", L7Routes.DOOR, "--http2", "--interface", "127.0.0.23");
    assertThat(curl.code()).as(curl.errors()).isZero();
    haProxy.awaitLog("saw 127.0.0.23 for haproxy.example.org");
  }

  /** Two requests of one client, on one connection. */
  private String twice(String name, String option, String client) {
    String url = "https://" + name + ".example.org:" + L7Routes.PORT + "/";
    Program.Ended curl =
        Curl.get(host, name + ".example.org", L7Routes.DOOR, option, "--interface", client, url);
    assertThat(curl.code()).as(curl.errors()).isZero();
    return curl.output();
  }

  private static String connection(String output) {
    return output.substring(output.lastIndexOf(' '));
  }

  /** A server that tells of whom it was told, and on which of its connections. */
  private static String connections(String listen) {
    return """
      server {
        listen %s;
        location / { return 200 "$proxy_protocol_addr by $connection\\n"; }
      }
    """
        .formatted(listen);
  }

  private static String receiver() {
    return """
      frontend receiver
        mode http
        bind 127.0.0.1:9803 accept-proxy
        log-format "saw %ci for %[fc_pp_authority]"
        http-request return status 200
      """;
  }
}
