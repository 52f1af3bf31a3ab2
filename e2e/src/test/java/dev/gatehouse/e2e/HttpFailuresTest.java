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
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of HTTP backends that are not well, and of those that are renewed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpFailuresTest {

  private static final int VISITS = 2000;
  private static final int RELOADS = 5;

  @TempDir private static Path folder;
  private final List<BackendServer> servers = new ArrayList<>();
  private Scene scene;
  private Namespace host;
  private Insiders inside;
  private Nginx nginx;
  private Daemon gatehouse;

  @BeforeAll
  void openTheDoor() throws Exception {
    scene = Scene.create(folder);
    host = scene.host();
    inside = Insiders.of(host, 1);
    nginx =
        scene.nginx(
            Nginx.page("127.0.0.1:9601", "well"), Nginx.page("127.0.0.1:9602 ssl", "secret"));
    serve(9603, HttpServices::die);
    serve(9604, HttpServices::stall);
    serve(9605, HttpServices::babble);
    serve(9606, HttpServices::answerOnce);
    serve(9607, HttpServices::sayTooMuch);
    String[] stranger = {
      "backend_tls = true",
      "backend_tls_ca = \"" + scene.certificate().chain() + "\"",
      "backend_tls_name = \"backend.example.net\""
    };
    gatehouse =
        scene.gatehouse(
            L7Routes.of(scene.certificate(), "access_log = \"errors\"")
                .to("well", "127.0.0.1:9601")
                .to("down", "127.0.0.1:9609")
                .to("nobody", "no-such-host.invalid:9601")
                .to("stranger", "127.0.0.1:9602", stranger)
                .to("no-h2", "127.0.0.1:9602", alpnOnly())
                .to("dying", "127.0.0.1:9603")
                .to("stalled", "127.0.0.1:9604", "response_header_timeout = \"1s\"")
                .to("babbling", "127.0.0.1:9605")
                .to("once", "127.0.0.1:9606")
                .to("surplus", "127.0.0.1:9607")
                .file());
  }

  private static String[] alpnOnly() {
    return new String[] {
      "backend_tls = true", "backend_tls_verify = false", "backend_protocol = \"h2\""
    };
  }

  @AfterAll
  void closeTheDoor() throws Exception {
    for (BackendServer server : servers) {
      server.close();
    }
    inside.close();
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "down, 502 Bad Gateway, dial_refused",
    "nobody, 502 Bad Gateway, dial_dns",
    "stranger, 502 Bad Gateway, dial_certificate",
    "no-h2, 502 Bad Gateway, dial_",
    "dying, 502 Bad Gateway, backend_closed",
    "babbling, 502 Bad Gateway, bad_response",
    "stalled, 504 Gateway Timeout, response_header_timeout",
  })
  void aBackendThatIsNotWellIsAnAnswerOfTheProxy(String name, String answer, String cause) {
    for (String client : List.of("--http1.1", "--http2")) {
      Program.Ended curl = Curl.get(host, name + ".example.org", L7Routes.DOOR, client);
      assertThat(curl.output()).as(curl.errors()).startsWith(answer + "\nrequest ");
    }
    String code = answer.substring(0, 3);
    assertThat(of("responses_total", name, "code=\"" + code + "\"", "origin=\"proxy\""))
        .isEqualTo(2);
    gatehouse.awaitLog("cause=" + cause);
    assertThat(of("requests_active", name)).isZero();
  }

  @Test
  void aRequestThatMayBeRepeatedIsNotLostWithAStaleConnection() {
    String url = "https://once.example.org:8443/[1-6]";
    Program.Ended curl = Curl.get(host, "once.example.org", L7Routes.DOOR, url);
    assertThat(curl.output()).as(curl.errors()).isEqualTo("ok".repeat(7));
    assertThat(of("retries_total", "once", "reason=\"stale_connection\"")).isPositive();
  }

  @Test
  void whatABackendSaysUnaskedAnswersNobody() {
    String url = "https://surplus.example.org:8443/[1-6]";
    Program.Ended curl = Curl.get(host, "surplus.example.org", L7Routes.DOOR, url);
    assertThat(curl.output()).as(curl.errors()).isEqualTo("ok".repeat(7));
    assertThat(of("pool_discarded_total", "surplus", "reason=\"surplus\"")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2"})
  void noVisitorNoticesThatTheServerBehindIsRenewed(String protocol) throws Exception {
    Program visitor = scene.start(visits(protocol));
    for (int i = 0; i < RELOADS; i++) {
      nginx.reload();
    }
    Program.Ended ended = visitor.await();
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.output().lines()).hasSize(VISITS).containsOnly("200");
  }

  private static List<String> visits(String protocol) {
    return Curl.command(
        "well.example.org",
        L7Routes.DOOR,
        "/[1-" + VISITS + "]",
        protocol,
        "--parallel",
        "--parallel-max",
        "8",
        "--no-progress-meter",
        "-o",
        "/dev/null",
        "-w",
        "%{http_code}\\n");
  }

  private double of(String metric, String name, String... labels) {
    List<String> all = new ArrayList<>(List.of(labels));
    all.add("route=\"" + name + ".example.org\"");
    return Metrics.of(gatehouse).sum("gatehouse_proxy_" + metric, all.toArray(String[]::new));
  }

  private void serve(int port, BackendServer.Service service) throws Exception {
    servers.add(BackendServer.start(inside, port, service));
  }
}
