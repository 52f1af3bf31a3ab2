package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Backends that are down, half down, or known by name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontDoorBackendsTest {

  private static final String DOOR = "127.0.0.1:8443";
  private static final int CLIENTS = 12;

  private static final String CONFIGURATION =
      """
      [ops]
      [proxy]
      [[proxy.listeners]]
      addr = "127.0.0.1:8443"
      routes = [
        { hostname = "down.example.org", backend = "127.0.0.1:9440" },
        { hostname = "half.example.org", backends = ["127.0.0.1:9440", "127.0.0.1:9441"] },
        { hostname = "both.example.org", backends = ["127.0.0.1:9442", "127.0.0.1:9441"] },
        { hostname = "name.example.org", backend = "localhost:9441" },
        { hostname = "nobody.example.org", backend = "no-such-host.invalid:9441" },
        { hostname = "checked.example.org", backend = "127.0.0.1:9443", health_interval = "1s" },
      ]
      """;

  @TempDir private static Path folder;
  private Scene scene;
  private Namespace host;
  private Daemon gatehouse;

  @BeforeAll
  void openTheDoor() {
    scene = Scene.create(folder);
    host = scene.host();
    scene.nginx(
        Nginx.page("127.0.0.1:9441 ssl", "first"), Nginx.page("127.0.0.1:9442 ssl", "second"));
    gatehouse = scene.gatehouse(CONFIGURATION);
  }

  @AfterAll
  void closeTheDoor() {
    scene.close();
  }

  @Test
  void aBackendThatIsDownIsAResetAndIsCounted() {
    Program.Ended client = OpensslClient.get(host, DOOR, "-servername", "down.example.org");
    assertThat(client.output()).contains(OpensslClient.READ_NOTHING);
    assertThat(client.errors()).contains(OpensslClient.RESET);
    assertThat(of("dial_failures_total", "cause=\"refused\",", "down")).isEqualTo(1);
    assertThat(of("closed_total", "cause=\"dial_failed\",", "down")).isEqualTo(1);
    assertThat(gatehouse.log()).contains("msg=dial_failed", "backend=127.0.0.1:9440");
    gatehouse.awaitLog("sni=down.example.org route=down.example.org mode=l4");
  }

  @Test
  void aNameThatNobodyKnowsIsAFailedDialToo() {
    Program.Ended client = OpensslClient.get(host, DOOR, "-servername", "nobody.example.org");
    assertThat(client.output()).contains(OpensslClient.READ_NOTHING);
    assertThat(client.errors()).contains(OpensslClient.RESET);
    assertThat(of("dial_failures_total", "cause=\"dns\",", "nobody")).isEqualTo(1);
  }

  @Test
  void noClientNoticesThatOneOfTwoBackendsIsDown() {
    for (int i = 0; i < CLIENTS; i++) {
      assertThat(page("half.example.org")).startsWith("I am first");
    }
    assertThat(of("closed_total", "cause=\"dial_failed\",", "half")).isZero();
    assertThat(of("dial_failures_total", "cause=\"refused\",", "half")).isPositive();
  }

  @Test
  void twoBackendsTakeTurns() {
    String pages = "";
    for (int i = 0; i < CLIENTS; i++) {
      pages += page("both.example.org");
    }
    assertThat(pages.split("I am first", -1)).hasSize(CLIENTS / 2 + 1);
    assertThat(pages.split("I am second", -1)).hasSize(CLIENTS / 2 + 1);
  }

  @Test
  void aBackendMayBeAName() {
    assertThat(page("name.example.org")).startsWith("I am first");
  }

  @Test
  void aHealthCheckSeesABackendComeAndGo() throws Exception {
    awaitUp(0);
    try (OpensslServer _ = scene.openssl("127.0.0.1:9443")) {
      awaitUp(1);
    }
    awaitUp(0);
  }

  private void awaitUp(double expected) throws Exception {
    String series =
        "gatehouse_proxy_backend_up{backend=\"127.0.0.1:9443\",listener=\"%s\",route=\"%s\"}"
            .formatted(DOOR, "checked.example.org");
    Await.until("up " + expected, () -> gatehouse.metric(series) == expected);
  }

  private String page(String name) {
    Program.Ended curl = Curl.get(host, name, DOOR);
    assertThat(curl.code()).as(curl.errors()).isZero();
    return curl.output();
  }

  private double of(String metric, String labels, String route) {
    return gatehouse.metric(
        "gatehouse_proxy_%s{%slistener=\"%s\",route=\"%s.example.org\"}"
            .formatted(metric, labels, DOOR, route));
  }
}
