package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations with a server that speaks WebSocket for a living. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketTest {

  private static final int LARGE = 5 << 20;

  @TempDir private static Path folder;
  private Scene scene;
  private Certificate shown;
  private Insiders inside;
  private Daemon gatehouse;

  @BeforeAll
  void openTheDoor() throws Exception {
    scene = Scene.create(folder);
    inside = Insiders.of(scene.host(), 1);
    shown = Certificate.create(Files.createDirectory(folder.resolve("shown")));
    scene.node("websocket-echo.js", "9201");
    gatehouse =
        scene.gatehouse(
            L7Routes.of(shown, "tunnel_timeout = \"4s\"", "cert_poll_interval = \"1s\"")
                .to("ws", "127.0.0.1:9201")
                .to("h2ws", "127.0.0.1:9201", "backend_protocol = \"h2c\"")
                .to("gone", "127.0.0.1:9201")
                .file());
  }

  @AfterAll
  void closeTheDoor() {
    inside.close();
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "h2ws"})
  void fiveMebibytesComeBackAsTheyWereSent(String name) throws Exception {
    byte[] sent = new byte[LARGE];
    new Random(5).nextBytes(sent);
    try (WebSocketPeer client = open(name)) {
      assertThat(client.binary(sent).message()).isEqualTo(sent);
    }
  }

  @Test
  void whatIsSaidBeforeTheAnswerIsHeard() throws Exception {
    try (WebSocketPeer client = WebSocketPeer.connect(connect("ws"), "ws.example.org:8443")) {
      client.text("early").accepted();
      assertThat(client.message()).asString().isEqualTo("early");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 3000, 4999})
  void aCloseCodeComesThroughFromEitherSide(int code) throws Exception {
    try (WebSocketPeer client = open("ws")) {
      client.text("close " + code);
      assertThat(client.closeCode()).isEqualTo(code);
    }
    try (WebSocketPeer client = open("ws")) {
      client.close(code);
      assertThat(client.closeCode()).isEqualTo(code);
    }
  }

  @Test
  void aConversationOutlivesItsCertificateAndItsRoute() throws Exception {
    try (WebSocketPeer client = open("gone")) {
      assertThat(client.text("before").message()).asString().isEqualTo("before");
      renew(client);
      assertThat(client.text("renewed").message()).asString().isEqualTo("renewed");
      Path socket = folder.resolve("gatehouse/gatehouse-data/control.sock");
      try (GatehouseClient operator = GatehouseClient.open(socket)) {
        operator.proxy().removeRoute("", "gone.example.org");
      }
      assertThat(client.text("removed").message()).asString().isEqualTo("removed");
    }
  }

  /** Puts another certificate in the place of the one that is shown, and talks until it counts. */
  private void renew(WebSocketPeer client) throws Exception {
    Metrics before = Metrics.of(gatehouse);
    Certificate next = Certificate.create(Files.createDirectories(folder.resolve("next")));
    Files.move(next.key(), shown.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(next.chain(), shown.chain(), StandardCopyOption.REPLACE_EXISTING);
    Await.until(
        "the certificate is renewed",
        () -> {
          assertThat(client.text("meanwhile").message()).asString().isEqualTo("meanwhile");
          return Metrics.of(gatehouse)
                  .growth(
                      before,
                      "gatehouse_tls_certificate_reloads_total",
                      "\"ok\"",
                      "name=\"ws.example.org\"")
              == 1;
        });
  }

  @Test
  void whereNobodySaysAnythingTheTunnelEnds() throws Exception {
    try (WebSocketPeer client = open("ws")) {
      assertThat(client.rest()).isEmpty();
    }
    Await.until("no conversation is left", () -> active("ws") == 0);
    gatehouse.awaitLog("status=101 origin=backend");
  }

  @Test
  void aServerThatDoesNotSpeakItAnswersAsUsual() throws Exception {
    try (TlsClient client = connect("ws")) {
      client.send(WebSocketPeer.request("ws.example.org:8443", "/refused"));
      assertThat(client.head()).startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void aStreamOfHttp2BecomesAConversationToo() throws Exception {
    Program.Ended client =
        scene
            .nodeTask(
                "websocket-h2.js",
                shown.chain().toString(),
                "ws.example.org",
                String.valueOf(L7Routes.PORT))
            .await();
    assertThat(client.output().lines())
        .as(client.errors())
        .contains("extended connect true", "heard one", "heard two", "heard three");
    assertThat(client.code()).isZero();
  }

  @Test
  void aBrowserTakesTheConnectionThatItHas() throws Exception {
    Path seen = folder.resolve("net.json");
    Program.Ended browser =
        Browser.open(
            scene.host(),
            folder.resolve("profile"),
            "https://ws.example.org:" + L7Routes.PORT + "/",
            "--log-net-log=" + seen);
    assertThat(browser.output()).as(browser.errors()).contains("heard hello");
    assertThat(seen).content().contains(":protocol: websocket");
  }

  private double active(String name) {
    return Metrics.of(gatehouse)
        .sum("gatehouse_proxy_requests_active", "route=\"" + name + ".example.org\"");
  }

  private WebSocketPeer open(String name) throws Exception {
    return WebSocketPeer.connect(connect(name), name + ".example.org:8443").accepted();
  }

  private TlsClient connect(String name) throws Exception {
    return TlsClient.connect(inside, shown.chain(), name + ".example.org", L7Routes.PORT);
  }
}
