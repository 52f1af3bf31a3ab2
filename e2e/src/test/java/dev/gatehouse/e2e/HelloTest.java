package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hellos that are large, odd or in pieces, as clients really send them. */
class HelloTest {

  private static final String NAME = "git.example.org";
  private static final String DOOR = "127.0.0.1:8443";
  private static final String PAGE = "I am git";

  @TempDir private Path folder;
  private Scene scene;
  private Namespace host;
  private Daemon gatehouse;

  @BeforeEach
  void openTheDoor() {
    scene = Scene.create(folder);
    host = scene.host();
    scene.nginx(Nginx.page("127.0.0.1:9441 ssl http2", "git"));
    gatehouse =
        scene.gatehouse(
            """
            [ops]
            [proxy]
            access_log = "errors"
            [[proxy.listeners]]
            addr = "127.0.0.1:8443"
            routes = [ { hostname = "git.example.org", backend = "127.0.0.1:9441" } ]
            """);
  }

  @AfterEach
  void closeTheDoor() {
    scene.close();
  }

  @Test
  void aBrowserWithPostQuantumKeysSeesThePage() throws IOException {
    Program.Ended browser = host.run(chromium());
    assertThat(browser.code()).as(browser.errors()).isZero();
    assertThat(browser.output()).contains(PAGE).contains("by HTTP/2.0");
    assertThat(hellosUpTo("+Inf")).isPositive();
    // a key share of X25519MLKEM768 alone has 1216 bytes
    assertThat(hellosUpTo("1536.0")).isZero();
    assertThat(hellos("ok")).isEqualTo(hellosUpTo("+Inf"));
  }

  @Test
  void aHelloOfSeveralSegmentsReachesItsBackend() {
    String protocols = ("x".repeat(200) + ",").repeat(12) + "http/1.1";
    Program.Ended client = OpensslClient.get(host, DOOR, "-servername", NAME, "-alpn", protocols);
    assertThat(client.output()).contains("ALPN protocol: http/1.1", PAGE);
    assertThat(hellosUpTo("2048.0")).isZero();
    assertThat(hellosUpTo("4096.0")).isEqualTo(1);
  }

  @Test
  void aHelloMayBeCutAnywhere() {
    Program.Ended client = host.run(JavaProgram.command(CutHellos.class, "8443", NAME, PAGE));
    assertThat(client.code()).as(client.errors()).isZero();
    assertThat(hellos("ok"))
        .isGreaterThan(300)
        .isEqualTo(Integer.parseInt(client.output().strip()));
  }

  private double hellos(String outcome) {
    return gatehouse.metric(
        "gatehouse_proxy_hello_total{listener=\"%s\",outcome=\"%s\"}".formatted(DOOR, outcome));
  }

  private double hellosUpTo(String bytes) {
    return gatehouse.metric(
        "gatehouse_proxy_hello_size_bytes_bucket{listener=\"%s\",le=\"%s\"}"
            .formatted(DOOR, bytes));
  }

  private List<String> chromium() throws IOException {
    return List.of(
        Peer.require("chromium", "chromium"),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--ignore-certificate-errors",
        "--host-resolver-rules=MAP " + NAME + " 127.0.0.1",
        "--user-data-dir=" + Files.createTempDirectory(folder, "browser"),
        "--dump-dom",
        "https://" + NAME + ":8443/");
  }
}
